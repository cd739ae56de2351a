import { describe, expect, it } from 'vitest';
import { partRead } from '../src/format/reads';

describe('what was read of a restricted case', () => {
  it.each([
    ['/api/process-instances/1', '概况'],
    ['/api/process-instances/1/record', '办理记录'],
    ['/api/process-instances/1/print', '打印'],
    ['/api/process-instances/1/clocks/xfk-wangxin.notice', '期限'],
    ['/api/user-tasks/2', '待办'],
    ['/api/user-tasks/2/print', '打印'],
    ['/api/documents/3/content', '材料'],
  ])('%s is said in words: %s', (resource, words) => {
    expect(partRead(resource)).toBe(words);
  });
});

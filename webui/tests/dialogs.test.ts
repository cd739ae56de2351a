import { describe, expect, it } from 'vitest';
import { ApiError, NetworkError } from '../src/api/errors';
import type { Colleague } from '../src/api/people';
import { byDepartment, matching } from '../src/components/dialogs/colleagues';
import { fieldOf, problemsOf } from '../src/components/dialogs/problems';

describe('refusals stand at their fields', () => {
  it('names a field as the dialog does', () => {
    expect(fieldOf('people[0]')).toBe('people');
    expect(fieldOf('first_day')).toBe('firstDay');
    expect(fieldOf('reason')).toBe('reason');
  });

  it('puts the words of known fields there and says the rest for the dialog as a whole', () => {
    const error = new ApiError(400, '提交的内容有误', 'webapi.input-invalid', { reason: ['必填。'], other: ['不认识。'] });
    expect(problemsOf(error, ['reason'])).toEqual({ fields: { reason: '必填。' }, rest: '不认识。' });
  });

  it('knows the field of a refusal by its code', () => {
    const error = new ApiError(400, '没有这个人。', 'actions.person-unknown');
    expect(problemsOf(error, ['people'])).toEqual({ fields: { people: '没有这个人。' }, rest: '' });
    expect(problemsOf(error, ['reason'])).toEqual({ fields: {}, rest: '没有这个人。' });
  });

  it('says for the dialog as a whole what concerns no field', () => {
    expect(problemsOf(new ApiError(409, '已有变化。', 'actions.preview-outdated'), ['reason']).rest).toBe('已有变化。');
    expect(problemsOf(new NetworkError(), ['reason']).rest).toContain('网络不通');
  });
});

describe('people to choose', () => {
  const person = (id: string, name: string, department: string | null): Colleague => ({ id, name, department, kind: 'staff' });
  const all = [person('a', '系统管理员', null), person('kjk-jingban', '谢明华', '科技科'), person('bgs-caiwu', '吴雪瑶', '办公室')];

  it('are found by name, department or user name, every word of which must fit', () => {
    expect(matching(all, '谢').map((each) => each.id)).toEqual(['kjk-jingban']);
    expect(matching(all, '办公 雪').map((each) => each.id)).toEqual(['bgs-caiwu']);
    expect(matching(all, 'BGS').map((each) => each.id)).toEqual(['bgs-caiwu']);
    expect(matching(all, '办公 谢')).toEqual([]);
    expect(matching(all, '  ')).toHaveLength(3);
  });

  it('stand under their departments, who has none comes last', () => {
    expect(byDepartment(all).map((group) => group.department)).toEqual(['科技科', '办公室', '其他']);
  });
});

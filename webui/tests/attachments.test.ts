import { describe, expect, it } from 'vitest';
import { attachmentsIn, sizeWords, valueOf, type Attachment } from '../src/forms/attachments';

const file: Attachment = { documentId: 'd1', name: '甲.pdf', digest: 'x', size: 2048, contentType: 'application/pdf' };

describe('files of a form', () => {
  it('are those that the value lists, whatever else it is', () => {
    expect(attachmentsIn([file, null, 'files::1'])).toEqual([file]);
    expect(attachmentsIn('files::1')).toEqual([]);
    expect(attachmentsIn(undefined)).toEqual([]);
  });

  it('are nothing where one is required and none is left', () => {
    expect(valueOf([], true)).toBeNull();
    expect(valueOf([], false)).toEqual([]);
    expect(valueOf([file], true)).toEqual([file]);
  });

  it('have a size that people read', () => {
    expect(sizeWords(10)).toBe('1 KB');
    expect(sizeWords(2048)).toBe('2 KB');
    expect(sizeWords(3_500_000)).toBe('3.3 MB');
  });
});

import { describe, expect, it } from 'vitest';
import { untouchedTextsAreNull } from '../src/forms/untouched';

describe('a text field that nobody wrote in', () => {
  const text = { config: { emptyValue: '', sanitizeValue: ({ value }: { value: unknown }) => String(value ?? '') } };
  untouchedTextsAreNull(text);

  it('holds null, so that conditions can ask for it', () => {
    expect(text.config.emptyValue).toBeNull();
    expect(text.config.sanitizeValue({ value: null })).toBeNull();
  });

  it('takes what there is as before', () => {
    expect(text.config.sanitizeValue({ value: 5 })).toBe('5');
    expect(text.config.sanitizeValue({ value: '' })).toBe('');
  });
});

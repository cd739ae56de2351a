import { describe, expect, it } from 'vitest';
import { cellWords, nextSort, rangeFilter, rangeOf, sortedAs } from '../src/pages/registers/cells';
import { typedIn } from '../src/pages/papers/formFields';
import { paperTitle } from '../src/pages/papers/words';

describe('a cell of a register', () => {
  it('says money with its thousands, flags in words, nothing as a dash', () => {
    expect(cellWords(1234567.5, 'money')).toBe('1,234,567.50');
    expect(cellWords('-980', 'money')).toBe('-980.00');
    expect(cellWords('待定', 'money')).toBe('待定');
    expect(cellWords(false, 'flag')).toBe('否');
    expect(cellWords(null, 'text')).toBe('—');
    expect(cellWords(0, 'number')).toBe('0');
  });

  it('says moments in the bureau’s own time', () => {
    expect(cellWords('2026-11-23T16:30:00Z', 'moment')).toBe('2026-11-24 00:30');
  });
});

describe('filter and order of a register', () => {
  it('a range has two ends, of which either may be open', () => {
    expect(rangeFilter('2026-01-01', '')).toBe('2026-01-01..');
    expect(rangeOf('..2026-06-30')).toEqual(['', '2026-06-30']);
    expect(rangeFilter('', '')).toBe('');
    expect(rangeOf(undefined)).toEqual(['', '']);
  });

  it('a pressed head orders ascending, then descending, then ascending again', () => {
    expect(nextSort('-received_on', 'number')).toBe('number');
    expect(nextSort('number', 'number')).toBe('-number');
    expect(nextSort('-number', 'number')).toBe('number');
    expect(sortedAs('-number', 'number')).toBe('descending');
    expect(sortedAs('-number', 'title')).toBe('none');
  });
});

describe('a text of a task', () => {
  it('is typed in the form only where a field takes it', () => {
    expect(typedIn([{ components: [{ key: 'content' }] }], 'content')).toBe(true);
    expect(typedIn([{ key: 'content', readonly: true }], 'content')).toBe(false);
    expect(typedIn([{ key: 'title' }], 'content')).toBe(false);
  });
});

describe('a paper', () => {
  it('is called by its title, else by its name', () => {
    expect(paperTitle({ title: '告知书', name: 'gaozhi.docx' })).toBe('告知书');
    expect(paperTitle({ name: '决定书' })).toBe('决定书');
    expect(paperTitle('送达回证')).toBe('送达回证');
  });
});

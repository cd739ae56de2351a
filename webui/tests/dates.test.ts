import { describe, expect, it } from 'vitest';
import { formatDate, formatDue, formatDuration, formatMoment, formatShortMoment, monthShape } from '../src/format/dates';

describe('dates as people read them', () => {
  it('are in Shanghai whatever the desktop says', () => {
    expect(formatMoment('2026-11-22T16:05:00Z')).toBe('2026-11-23 00:05');
    expect(formatDate('2026-11-22T16:05:00Z')).toBe('2026-11-23');
    expect(formatDate('2026-11-23')).toBe('2026-11-23');
  });

  it('name the last day of a period, not the midnight after it', () => {
    expect(formatDue('2026-11-26T16:00:00Z')).toBe('2026-11-26');
    expect(formatDue('2026-11-26T15:59:59.999999Z')).toBe('2026-11-26');
  });

  it('keep the time of a period that ends within a day', () => {
    expect(formatDue('2026-11-26T06:30:00Z')).toBe('2026-11-26 14:30');
  });

  it('are short in lists', () => {
    const now = Date.parse('2026-11-23T02:00:00Z');
    expect(formatShortMoment('2026-11-23T01:02:00Z', now)).toBe('09:02');
    expect(formatShortMoment('2026-11-20T01:02:00Z', now)).toBe('11-20 09:02');
    expect(formatShortMoment('2025-11-20T01:02:00Z', now)).toBe('2025-11-20');
  });

  it('say nothing as a dash', () => {
    expect(formatMoment(null)).toBe('—');
    expect(formatDuration(null)).toBe('—');
  });

  it('say durations in the two largest units', () => {
    expect(formatDuration(30)).toBe('不足1分钟');
    expect(formatDuration(59 * 60)).toBe('59分钟');
    expect(formatDuration(3 * 3600 + 300)).toBe('3小时5分钟');
    expect(formatDuration(28 * 3600 + 300)).toBe('1天4小时');
  });

  it('begin the week on Monday', () => {
    expect(monthShape(2026, 11)).toEqual({ days: 30, offset: 6 });
    expect(monthShape(2028, 2)).toEqual({ days: 29, offset: 1 });
  });
});

import { describe, expect, it } from 'vitest';
import type { CalendarYear } from '../src/api/types';
import { monthsOf } from '../src/pages/admin/calendar/calendarDays';
import { cycled, daysOf, markedYear, noticeOf, summaryOf, toggled } from '../src/pages/admin/calendar/marking';

const YEAR: CalendarYear = {
  year: 2026,
  status: 'official',
  days: [
    { date: '2026-10-01', off: true, name: '国庆节' },
    { date: '2026-10-10', off: false, name: '国庆节' },
  ],
};

describe('single days', () => {
  it('turn into what they are not, whatever the plain week says of them', () => {
    expect(toggled({}, YEAR, '2026-11-25')).toEqual({ '2026-11-25': { off: true, name: '停止办公' } });
    expect(toggled({}, YEAR, '2026-11-28')).toEqual({ '2026-11-28': { off: false, name: '照常办公' } });
    expect(toggled({}, YEAR, '2026-10-01')['2026-10-01']?.off).toBe(false);
    expect(toggled({}, YEAR, '2026-10-10')['2026-10-10']?.off).toBe(true);
  });

  it('are as before after a second click', () => {
    expect(toggled(toggled({}, YEAR, '2026-11-25'), YEAR, '2026-11-25')).toEqual({});
  });

  it('lie over the calendar in force', () => {
    const marked = markedYear(YEAR, toggled({}, YEAR, '2026-10-01'), false);
    expect(marked.days).toHaveLength(2);
    expect(monthsOf(marked)[9]?.cells[0]?.kind).toBe('working');
  });
});

describe('a notice marked by hand', () => {
  it('goes from 休 to 班 to plain, under the festival that is being marked', () => {
    const first = cycled({}, '2027-01-01', '元旦');
    const second = cycled(first, '2027-01-01', '元旦');
    expect([first['2027-01-01']?.off, second['2027-01-01']?.off]).toEqual([true, false]);
    expect(cycled(second, '2027-01-01', '元旦')).toEqual({});
  });

  it('is the file that the server reads, in the order of days', () => {
    const marks = cycled(cycled(cycled({}, '2027-02-14', '春节'), '2027-02-14', '春节'), '2027-02-06', '春节');
    expect(noticeOf(2027, '国办发明电〔2026〕9号', marks)).toEqual({
      year: 2027,
      papers: ['国办发明电〔2026〕9号'],
      days: [
        { name: '春节', date: '2027-02-06', isOffDay: true },
        { name: '春节', date: '2027-02-14', isOffDay: false },
      ],
    });
    expect(daysOf(marks).map(({ date }) => date)).toEqual(['2027-02-06', '2027-02-14']);
  });

  it('begins from the plain week: what the former calendar said is gone', () => {
    expect(markedYear(YEAR, {}, true).days).toEqual([]);
  });
});

describe('a file of a notice', () => {
  it('is counted before it is sent', () => {
    const file = { year: 2027, papers: ['甲'], days: [{ date: '2027-01-01', isOffDay: true }, { date: '2027-01-03', isOffDay: false }] };
    expect(summaryOf(JSON.stringify(file))).toEqual({ year: 2027, off: 1, working: 1, papers: ['甲'] });
  });

  it.each(['{', '[]', 'null', '{"year": 2027}', '{"year": "2027", "days": []}', '{"year": 2027, "days": [{"date": 1}]}'])(
    'that is none is refused with words: %s',
    (text) => expect(summaryOf(text)).toHaveProperty('problem'),
  );
});

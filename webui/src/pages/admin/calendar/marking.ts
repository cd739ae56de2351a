import type { CalendarYear } from '../../../api/types';
import type { ProposedDay } from '../../../api/calendars';
import { monthsOf } from './calendarDays';

export type Mark = Omit<ProposedDay, 'date'>;

/** Marked days by date. */
export type Marks = Readonly<Record<string, Mark>>;

/** Days of a file in the holiday-cn format, the machine-readable form of a State Council notice. */
export interface Notice {
  year: number;
  papers: string[];
  days: Array<{ name: string; date: string; isOffDay: boolean }>;
}

const isWorking = (calendar: CalendarYear, date: string): boolean => {
  const month = monthsOf(calendar)[Number(date.slice(5, 7)) - 1];
  const kind = month?.cells[Number(date.slice(8, 10)) - 1]?.kind;
  return kind === 'working' || kind === 'shifted';
};

/** A click on a single day turns it into what it is not now; a second click takes the mark back. */
export function toggled(marks: Marks, calendar: CalendarYear, date: string): Marks {
  const { [date]: marked, ...others } = marks;
  if (marked) return others;
  const off = isWorking(calendar, date);
  return { ...marks, [date]: { off, name: off ? '停止办公' : '照常办公' } };
}

/** In a whole year's notice a click makes a day 休, then 班, then plain again, under the festival being marked. */
export function cycled(marks: Marks, date: string, festival: string): Marks {
  const { [date]: marked, ...others } = marks;
  if (!marked) return { ...marks, [date]: { off: true, name: festival } };
  return marked.off ? { ...marks, [date]: { off: false, name: festival } } : others;
}

export function daysOf(marks: Marks): ProposedDay[] {
  return Object.entries(marks)
    .map(([date, mark]) => ({ date, ...mark }))
    .sort((one, other) => one.date.localeCompare(other.date));
}

/** Marked days as the file that the server reads. */
export function noticeOf(year: number, paper: string, marks: Marks): Notice {
  const days = daysOf(marks).map(({ date, off, name }) => ({ name, date, isOffDay: off }));
  return { year, papers: [paper], days };
}

function isNotice(value: unknown): value is Notice {
  if (value === null || typeof value !== 'object') return false;
  const { year, days } = value as Partial<Notice>;
  return (
    Number.isInteger(year) &&
    Array.isArray(days) &&
    days.every((day) => typeof day?.date === 'string' && typeof day.isOffDay === 'boolean')
  );
}

/** The year as it would be: single days over the calendar in force, or a notice over the plain week. */
export function markedYear(calendar: CalendarYear, marks: Marks, whole: boolean): CalendarYear {
  const kept = whole ? [] : calendar.days.filter((day) => !marks[day.date]);
  return { ...calendar, ...(whole && { status: 'official' as const }), days: [...kept, ...daysOf(marks)] };
}

export interface NoticeSummary {
  year: number;
  off: number;
  working: number;
  papers: string[];
}

/** What a file says, before it is sent; words when it is no such file. The server checks it all again. */
export function summaryOf(text: string): NoticeSummary | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: '文件不是 JSON。' };
  }
  if (!isNotice(value)) return { problem: '文件不是放假安排：应有 year 和 days（date、isOffDay）。' };
  const off = value.days.filter((day) => day.isOffDay).length;
  const papers = Array.isArray(value.papers) ? value.papers.map(String) : [];
  return { year: value.year, off, working: value.days.length - off, papers };
}

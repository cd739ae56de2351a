import type { CalendarYear } from '../../../api/types';
import { isoDate, monthShape } from '../../../format/dates';

export type DayKind = 'working' | 'off' | 'holiday' | 'shifted';

export interface CalendarCell {
  date: string;
  day: number;
  kind: DayKind;
  name: string;
  provisional: boolean;
}

export const KIND_MARKS: Record<DayKind, string> = { working: '', off: '', holiday: '休', shifted: '班' };

const KIND_WORDS: Record<DayKind, string> = {
  working: '工作日',
  off: '休息日',
  holiday: '节假日',
  shifted: '调休上班',
};

/** What a day is, in words: for who can't see its colour. */
export function dayWords(cell: CalendarCell): string {
  return [cell.date, cell.name, KIND_WORDS[cell.kind], cell.provisional ? '暂算' : ''].filter(Boolean).join(' ');
}

/** A day of the plain week is working or off; a named day off is a holiday; a worked weekend is shifted. */
function kindOf(weekend: boolean, off: boolean): DayKind {
  if (off) return weekend ? 'off' : 'holiday';
  return weekend ? 'shifted' : 'working';
}

export interface CalendarMonth {
  month: number;
  /** Empty cells before the first day; weeks begin on Monday. */
  offset: number;
  cells: CalendarCell[];
  workingDays: number;
}

function monthOf(calendar: CalendarYear, month: number): CalendarMonth {
  const named = new Map(calendar.days.map((day) => [day.date, day]));
  const { days, offset } = monthShape(calendar.year, month);
  const cells = Array.from({ length: days }, (_, position): CalendarCell => {
    const date = isoDate(calendar.year, month, position + 1);
    const weekend = (offset + position) % 7 >= 5;
    const given = named.get(date);
    const off = given?.off ?? weekend;
    const kind = off && given?.name ? 'holiday' : kindOf(weekend, off);
    return {
      date,
      day: position + 1,
      kind,
      name: given?.name ?? '',
      provisional: given?.provisional ?? calendar.status !== 'official',
    };
  });
  const workingDays = cells.filter((cell) => cell.kind === 'working' || cell.kind === 'shifted').length;
  return { month, offset, cells, workingDays };
}

/** The twelve months of a year as cells. */
export function monthsOf(calendar: CalendarYear): CalendarMonth[] {
  return Array.from({ length: 12 }, (_, position) => monthOf(calendar, position + 1));
}

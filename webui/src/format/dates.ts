/** Every date that people read is in Asia/Shanghai, whatever the desktop's own zone says. */

const SHANGHAI_OFFSET = 8 * 3600_000;
const DAY = 86_400_000;

interface LocalParts {
  date: string;
  time: string;
}

const two = (value: number) => String(value).padStart(2, '0');

function partsAt(milliseconds: number): LocalParts {
  const local = new Date(milliseconds + SHANGHAI_OFFSET);
  const date = `${local.getUTCFullYear()}-${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`;
  return { date, time: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}` };
}

/** `2026-11-23 09:02`. */
export function formatMoment(iso: string | null | undefined): string {
  if (!iso) return '—';
  const { date, time } = partsAt(Date.parse(iso));
  return `${date} ${time}`;
}

/** `09:02` today, `11-22 09:02` this year, else the whole date. */
export function formatShortMoment(iso: string | null | undefined, now: number): string {
  if (!iso) return '—';
  const { date, time } = partsAt(Date.parse(iso));
  const today = partsAt(now).date;
  if (date === today) return time;
  return date.slice(0, 4) === today.slice(0, 4) ? `${date.slice(5)} ${time}` : date;
}

/** The date of a moment or of a plain date. */
export function formatDate(iso: string | null | undefined): string {
  if (!iso) return '—';
  return iso.length === 10 ? iso : partsAt(Date.parse(iso)).date;
}

/**
 * A due moment as people say it. A legal period ends with its last day, stored as that day's
 * last instant or as the midnight after it: both are that day. Other moments keep their time.
 */
export function formatDue(iso: string): string {
  const { date, time } = partsAt(Date.parse(iso) - 1);
  return time === '23:59' ? date : `${date} ${partsAt(Date.parse(iso)).time}`;
}

function dayNumber(milliseconds: number): number {
  return Math.floor((milliseconds + SHANGHAI_OFFSET) / DAY);
}

/** Natural days from today to the last day of a period: 0 on that day, negative after it. */
export function daysUntil(dueIso: string, now: number): number {
  return dayNumber(Date.parse(dueIso) - 1) - dayNumber(now);
}

/** `3天4小时`, `25分钟`, for the time that a step took. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return '—';
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return hours % 24 ? `${days}天${hours % 24}小时` : `${days}天`;
  if (hours > 0) return minutes % 60 ? `${hours}小时${minutes % 60}分钟` : `${hours}小时`;
  return minutes > 0 ? `${minutes}分钟` : '不足1分钟';
}

/** Days of a month of the calendar, and on which weekday (Monday = 0) it begins. */
export function monthShape(year: number, month: number): { days: number; offset: number } {
  const first = new Date(Date.UTC(year, month - 1, 1));
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { days, offset: (first.getUTCDay() + 6) % 7 };
}

export function isoDate(year: number, month: number, day: number): string {
  return `${year}-${two(month)}-${two(day)}`;
}

export function currentYear(now: number): number {
  return Number(partsAt(now).date.slice(0, 4));
}

/** Today as `YYYY-MM-DD`. */
export function today(now: number): string {
  return partsAt(now).date;
}

const SHANGHAI_OFFSET = 8 * 3600_000;

/** A moment as a field for day and time holds it: `2026-11-23T09:00`, in the bureau's own time. */
export function localMoment(milliseconds: number): string {
  return new Date(milliseconds + SHANGHAI_OFFSET).toISOString().slice(0, 16);
}

/** What such a field holds as a moment with its zone; empty for nothing or for half a moment. */
export function zonedMoment(local: string): string {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) ? `${local}:00+08:00` : '';
}

/** Today's date in the bureau. */
export const today = (now: number): string => localMoment(now).slice(0, 10);

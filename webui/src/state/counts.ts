import { signal } from '@preact/signals';
import { readCounts } from '../api/endpoints';
import type { Counts } from '../api/types';
import { refreshUnread } from './unread';

const SECONDS_BETWEEN = 60;

export const counts = signal<Counts | null>(null);

/** Counts are a help beside the work: when they cannot be read the last ones stay. */
export async function refreshCounts(): Promise<void> {
  try {
    counts.value = await readCounts();
  } catch (error) {
    console.warn('counts not read', error);
  }
}

/** One task of this person is done: counted at once, then asked of the server. */
export function countFinished(todoChange: number): void {
  const before = counts.value;
  if (before) counts.value = { ...before, todo: Math.max(0, before.todo + todoChange), done: before.done + 1 };
  void refreshCounts();
}

/** Keeps the counts fresh while the page is looked at; returns how to stop. */
export function watchCounts(): () => void {
  const refresh = () => {
    if (document.hidden) return;
    void refreshCounts();
    void refreshUnread();
  };
  refresh();
  const timer = setInterval(refresh, SECONDS_BETWEEN * 1000);
  document.addEventListener('visibilitychange', refresh);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', refresh);
  };
}

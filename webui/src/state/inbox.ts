import { signal } from '@preact/signals';
import { userTasks } from '../api/endpoints';
import type { UserTask } from '../api/types';
import { countFinished, refreshCounts } from './counts';

export type TaskTab = 'todo' | 'done';

export interface Inbox {
  tab: TaskTab;
  search: string;
  procedure: string;
  items: UserTask[];
  total: number;
  nextCursor: string | null;
  busy: boolean;
  error: unknown;
}

const PAGE_SIZE = 30;
const EMPTY: Omit<Inbox, 'tab' | 'search' | 'procedure'> = {
  items: [],
  total: 0,
  nextCursor: null,
  busy: true,
  error: undefined,
};

export const inbox = signal<Inbox>({ tab: 'todo', search: '', procedure: '', ...EMPTY });

let running: AbortController | null = null;

async function fetchPage(cursor: string | null): Promise<void> {
  running?.abort();
  const controller = new AbortController();
  running = controller;
  const { tab, search, procedure } = inbox.value;
  inbox.value = { ...inbox.value, busy: true, error: undefined };
  try {
    const page = await userTasks.list(tab, { search, procedure, cursor, limit: PAGE_SIZE }, controller.signal);
    const before = cursor ? inbox.value.items : [];
    const known = new Set(before.map((task) => task.key));
    const items = [...before, ...page.items.filter((task) => !known.has(task.key))];
    inbox.value = { ...inbox.value, items, total: page.total, nextCursor: page.nextCursor, busy: false };
  } catch (error) {
    if (controller.signal.aborted) return;
    inbox.value = { ...inbox.value, busy: false, error };
  }
}

/** Shows a tab with what is searched for; the former rows stay until the new ones are there. */
export function showInbox(tab: TaskTab, search: string, procedure: string): void {
  const rows = inbox.value.tab === tab ? inbox.value : EMPTY;
  inbox.value = { ...inbox.value, ...rows, tab, search, procedure };
  void fetchPage(null);
}

export const reloadInbox = () => fetchPage(null);

export async function loadMore(): Promise<void> {
  const { nextCursor, busy } = inbox.value;
  if (nextCursor && !busy) await fetchPage(nextCursor);
}

/** Replaces a row, as after a claim. */
export function replaceTask(task: UserTask): void {
  inbox.value = {
    ...inbox.value,
    items: inbox.value.items.map((row) => (row.key === task.key ? { ...row, ...task } : row)),
  };
}

/** Takes a task out and puts the case's next ones in its place; says which row to open next. */
function replaceRow(key: string, nextOfCase: UserTask[]): { next: UserTask | null; change: number } {
  const { items, total } = inbox.value;
  const position = items.findIndex((task) => task.key === key);
  const rest = items.filter((task) => task.key !== key);
  const known = new Set(rest.map((task) => task.key));
  const added = nextOfCase.filter((task) => task.key !== key && !known.has(task.key));
  const place = Math.max(position, 0);
  const rows = [...rest.slice(0, place), ...added, ...rest.slice(place)];
  const removed = position >= 0 ? 1 : 0;
  inbox.value = { ...inbox.value, items: rows, total: Math.max(0, total - removed + added.length) };
  const preferred = nextOfCase.find((task) => task.key !== key);
  return { next: preferred ?? rows[place] ?? rows[rows.length - 1] ?? null, change: added.length - removed };
}

/**
 * Takes a finished task out at once and says which to open next: the same case's next task of
 * this person, else the row that moved into its place, else the last row.
 */
export function finishTask(key: string, nextOfCase: UserTask[]): UserTask | null {
  const { next, change } = replaceRow(key, nextOfCase);
  countFinished(change);
  return next;
}

/** Takes out a task that went to somebody else, and says which to open next. */
export function leaveTask(key: string): UserTask | null {
  const { next } = replaceRow(key, []);
  void refreshCounts();
  return next;
}

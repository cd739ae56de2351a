import { signal } from '@preact/signals';
import { request } from '../api/client';

/** How many notices the person has not read. */
export const unread = signal(0);

/** A help beside the work, as the counts are: when it cannot be read the last one stays. */
export async function refreshUnread(): Promise<void> {
  try {
    unread.value = (await request<{ count: number }>('GET', '/notices/unread-count')).count;
  } catch (error) {
    console.warn('unread notices not counted', error);
  }
}

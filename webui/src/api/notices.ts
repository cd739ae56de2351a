/** What people are told of, as it travels. */

import { request } from './client';
import type { Page } from './types';

export interface Told {
  key: string;
  kind: string;
  text: string;
  processInstanceKey: string | null;
  userTaskKey: string | null;
  createdAt: string;
  readAt: string | null;
}

export const notices = {
  /** `total` counts the unread, whichever are listed. */
  list: (unread: boolean, cursor: string | null) =>
    request<Page<Told>>('GET', '/notices', { query: { unread: String(unread), cursor, limit: 30 } }),
  /** Without keys all are marked read. */
  markRead: (keys?: string[]) => request<{ count: number }>('POST', '/notices/reading', { body: keys ? { keys } : {} }),
};

import { signal } from '@preact/signals';
import { copies, interventions, signatures } from '../api/correspondence';

export interface Waiting {
  /** Copies not read yet. */
  unread: number;
  /** Entered signatures to confirm and interventions to decide. */
  pending: number;
}

export const waiting = signal<Waiting>({ unread: 0, pending: 0 });

/** What waits beside user tasks. A help beside the work: when it cannot be read the last numbers stay. */
export async function refreshWaiting(): Promise<void> {
  try {
    const [page, signed, asked] = await Promise.all([copies.list('unread', null, 1), signatures.list(), interventions.list()]);
    const pending = signed.items.length + asked.items.filter((item) => item.decidable).length;
    waiting.value = { unread: page.total, pending };
  } catch (error) {
    console.warn('correspondence not read', error);
  }
}

/** Seals, their registers of use, loans and hand-overs, as they travel. */

import { request } from './client';
import type { Named, Page } from './types';

export interface SealLoan {
  key: string;
  takenAt: string;
  dueAt: string;
  alarmedAt: string | null;
  returnedAt?: string | null;
  matter: string | null;
  takenBy: string | null;
}

export interface Seal {
  id: string;
  name: string;
  kind: string;
  keepers: string[];
  mayLeave: boolean;
  source: string;
  note: string;
  keptBy: Named | null;
  out: SealLoan | null;
  mayKeep: boolean;
}

export interface SealUse {
  key: string;
  processInstanceKey: string | null;
  seal: string;
  number: string | null;
  matter: string | null;
  documentTitle: string | null;
  documentNumber: string | null;
  copies: number | null;
  askedBy: string | null;
  by: Named | null;
  usedAt: string;
}

export interface SealHandover {
  key: string;
  seal: string;
  from: Named | null;
  to: Named | null;
  handedAt: string;
  note: string | null;
  state: 'PROPOSED' | 'CONFIRMED' | 'WITHDRAWN';
  at: string;
  confirmedAt: string | null;
}

const id = encodeURIComponent;

export const seals = {
  list: () => request<{ items: Seal[] }>('GET', '/seals'),
  uses: (seal: string, cursor: string | null) =>
    request<Page<SealUse>>('GET', `/seals/${id(seal)}/uses`, { query: { cursor, limit: 50 } }),
  loans: (seal: string) => request<{ items: SealLoan[] }>('GET', `/seals/${id(seal)}/loans`),
  handovers: (seal: string) => request<{ items: SealHandover[] }>('GET', `/seals/${id(seal)}/handovers`),
  waiting: () => request<{ items: SealHandover[] }>('GET', '/seal-handovers'),
  handOver: (seal: string, to: string, handedAt: string | null, note: string | null, idempotencyKey: string) =>
    request<{ key: string }>('POST', `/seals/${id(seal)}/handovers`, { body: { to, handedAt, note }, idempotencyKey }),
  answer: (key: string, confirmed: boolean, note: string | null, idempotencyKey: string) =>
    request<{ key: string; state: string }>('POST', `/seal-handovers/${id(key)}/answer`, {
      body: { confirmed, note },
      idempotencyKey,
    }),
};

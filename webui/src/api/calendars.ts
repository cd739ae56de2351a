/** Proposals for the working calendar, as they travel. */

import { request } from './client';
import type { Named } from './types';

export interface DayChange {
  date: string;
  wasWorking: boolean;
  isWorking: boolean;
  oldReason: string;
  newReason: string;
}

export interface CalendarProposal {
  key: string;
  year: number;
  source: string;
  state: 'PROPOSED' | 'CONFIRMED' | 'REJECTED';
  proposedBy: Named;
  proposedAt: string;
  decidedBy: Named | null;
  decidedAt: string | null;
  reason: string | null;
  openClocks: number | null;
  changes: DayChange[];
}

export interface ProposedDay {
  date: string;
  off: boolean;
  name: string;
}

export interface NewProposal {
  year: number;
  source: string;
  holidayJson?: string;
  days?: ProposedDay[];
}

export interface MovedClock {
  processInstanceKey: string;
  caseTitle: string;
  clockId: string;
  clockName: string;
  oldDue: string | null;
  newDue: string | null;
  at: string;
}

export interface Recomputed {
  items: MovedClock[];
  unmoved: number;
  restricted: number;
  waiting: number;
}

const one = (key: string) => `/admin/calendar/proposals/${encodeURIComponent(key)}`;

export const calendars = {
  proposals: () => request<{ items: CalendarProposal[] }>('GET', '/admin/calendar/proposals'),
  propose: (body: NewProposal, idempotencyKey: string) =>
    request<{ key: string }>('POST', '/admin/calendar/proposals', { body, idempotencyKey }),
  confirm: (key: string, idempotencyKey: string) =>
    request<{ key: string }>('POST', `${one(key)}/confirmation`, { idempotencyKey }),
  reject: (key: string, reason: string, idempotencyKey: string) =>
    request<{ key: string }>('POST', `${one(key)}/rejection`, { body: { reason }, idempotencyKey }),
  recomputed: (key: string) => request<Recomputed>('GET', `${one(key)}/recomputed`),
};

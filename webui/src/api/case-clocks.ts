/** A clock of a case with everything that was done to it, what people may do to it, and what would follow. */

import { request } from './client';
import type { ProofDay } from './types';

export type Unit = 'working_day' | 'day' | 'hour' | 'minute' | 'month' | 'year';

export interface Length {
  amount: number;
  unit: Unit;
}

/** What was done, in the names of the engine's record. */
export interface ClockRecord {
  operation: string;
  old_due: string | null;
  new_due: string | null;
  old_due_at: string | null;
  new_due_at: string | null;
  provisional: boolean;
  first_day?: string;
  last_day?: string;
  decided_on?: string;
  effective_date?: string | null;
  by?: Length;
  ground?: string;
  paper?: string;
  approver?: string;
  evidence?: string;
  reason?: string;
  at?: string;
  /** When it was recorded, and by whom; absent on a supposition. */
  recorded_at?: string;
  actor?: string;
}

export interface ClockDetail {
  id: string;
  name: string;
  state: 'running' | 'suspended' | 'stopped';
  startedOn: string | null;
  evidence: string;
  dueAt: string | null;
  amberAt: string | null;
  redAt: string | null;
  provisional: boolean;
  term: Length & { direction?: string };
  maxExtensions: number;
  maxExtension: Length | null;
  suspensions: Array<{ first: string; last: string | null; ground: string; paper: string }>;
  extensions: Array<{ by: Length; decided_on: string; approver: string; paper: string }>;
  records: ClockRecord[];
}

export interface Supposition {
  operation: 'suspend' | 'resume' | 'extend' | 'restart' | 'stop';
  first_day?: string;
  last_day?: string;
  decided_on?: string;
  effective_date?: string;
  by?: Length;
}

export interface Supposed {
  steps: ClockRecord[];
  due: string | null;
  dueAt: string | null;
  provisional: boolean;
  days: ProofDay[];
}

/** The operations as the addresses name them. */
export type ClockOperation = 'suspension' | 'resumption' | 'extension' | 'restart' | 'stop' | 'start-correction';

const id = encodeURIComponent;
const clock = (caseKey: string, clockId: string, part = '') =>
  `/process-instances/${id(caseKey)}/clocks/${id(clockId)}${part && `/${part}`}`;

export const caseClocks = {
  read: (caseKey: string, clockId: string) => request<ClockDetail>('GET', clock(caseKey, clockId)),
  operate: (
    caseKey: string,
    clockId: string,
    operation: ClockOperation,
    body: Record<string, string | number>,
    idempotencyKey: string,
  ) => request<unknown>('POST', clock(caseKey, clockId, operation), { body, idempotencyKey }),
  suppose: (caseKey: string, clockId: string, operations: Supposition[]) =>
    request<Supposed>('POST', clock(caseKey, clockId, 'what-if'), { body: { operations } }),
};

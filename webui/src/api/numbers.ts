/** Number series and their registers, as they travel. */

import { request } from './client';
import type { Named, Page } from './types';

export interface NumberSeries {
  id: string;
  title: string;
  pattern: string;
  reset: 'yearly' | 'never';
  department: string;
  keepers: string[];
  source: string;
  note: string;
  /** Years with numbers; 0 for a series that is never begun anew. */
  periods: number[];
  last: number;
  nextText: string;
  mayKeep: boolean;
}

export type NumberState = 'ISSUED' | 'VOID' | 'RESERVED';

/** A number in its register; title and case only for who may know them. */
export interface RegisteredNumber {
  number: number;
  text: string;
  state: NumberState;
  title: string | null;
  processInstanceKey: string | null;
  by: Named | null;
  at: string;
  reservedFor: string | null;
  reason: string | null;
  changedBy: Named | null;
  changedAt: string | null;
}

export interface NumberRegister extends Page<RegisteredNumber> {
  period: number;
  first: number;
  last: number;
  /** Always empty, or something is very wrong. */
  missing: number[];
}

export interface NumberChoice {
  year: number | null;
  state: string;
  search: string;
}

const id = encodeURIComponent;

export const numbers = {
  series: () => request<{ items: NumberSeries[] }>('GET', '/number-series'),
  register: (series: string, choice: NumberChoice, cursor: string | null) =>
    request<NumberRegister>('GET', `/number-series/${id(series)}/register`, { query: { ...choice, cursor, limit: 50 } }),
  reserve: (series: string, count: number, reason: string, idempotencyKey: string) =>
    request<{ numbers: Array<{ number: number; text: string }> }>('POST', `/number-series/${id(series)}/reservations`, {
      body: { count, reason },
      idempotencyKey,
    }),
  change: (
    series: string,
    period: number,
    number: number,
    act: 'voiding' | 'restoration',
    reason: string,
    idempotencyKey: string,
  ) =>
    request<unknown>('POST', `/number-series/${id(series)}/register/${period}/${number}/${act}`, {
      body: { reason },
      idempotencyKey,
    }),
};

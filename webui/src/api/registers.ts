/** Registers (台账), their rows and exports, as they travel. */

import { request } from './client';
import type { Json, Page } from './types';

export type ColumnType = 'text' | 'number' | 'money' | 'date' | 'moment' | 'flag';

export interface RegisterColumn {
  id: string;
  label: string;
  type: ColumnType;
  /** Characters of a column in the exported table. */
  width: number;
}

export interface CaseRegister {
  id: string;
  title: string;
  note: string;
  procedures: string[];
  columns: RegisterColumn[];
  sort: { column: string; descending: boolean };
}

/** `item` counts the rows of one case from 1. */
export interface RegisterRow {
  processInstanceKey: string;
  item: number;
  values: Record<string, Json>;
}

/** What part of a register is wanted; a filter is what a cell contains, or `from..to`. */
export interface RegisterChoice {
  /** A column, with `-` before it for descending; the register's own order when empty. */
  sort: string;
  search: string;
  filters: Record<string, string>;
}

export interface RegisterExport {
  key: string;
  registerId: string;
  state: 'PENDING' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELED';
  total: number;
  done: number;
  documentId: string | null;
  message: string | null;
  orderedAt: string;
  endedAt: string | null;
}

const id = encodeURIComponent;

export const registers = {
  list: () => request<{ items: CaseRegister[] }>('GET', '/registers'),
  rows: (register: string, { sort, search, filters }: RegisterChoice, cursor: string | null) =>
    request<Page<RegisterRow>>('GET', `/registers/${id(register)}/rows`, {
      query: { sort, search, filters: Object.keys(filters).length ? JSON.stringify(filters) : null, cursor, limit: 50 },
    }),
  export: (register: string, { sort, search, filters }: RegisterChoice, idempotencyKey: string) =>
    request<{ key: string; total: number }>('POST', `/registers/${id(register)}/exports`, {
      body: { sort: sort || null, search: search || null, filters },
      idempotencyKey,
    }),
  exports: () => request<{ items: RegisterExport[] }>('GET', '/register-exports'),
  cancel: (key: string, idempotencyKey: string) =>
    request<undefined>('DELETE', `/register-exports/${id(key)}`, { idempotencyKey }),
};

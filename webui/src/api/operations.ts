/** What system administrators run beside procedures: settings, outbox, connections, erasures, cases from paper. */

import { request } from './client';
import type { Named, Variables } from './types';

export type SettingValue = string | number | boolean;

export interface Setting {
  name: string;
  label: string;
  value: SettingValue;
  default: SettingValue;
  choices: string[];
  secret: boolean;
}

export interface Letter {
  key: string;
  channel: string;
  userId: string;
  address: string;
  status: string;
  dueAt: string;
  attempts: number;
  lastError: string | null;
  createdAt: string;
  sentAt: string | null;
}

export interface Connection {
  name: string;
  baseUrl: string;
  address: string;
  headers: string[];
  timeoutSeconds: number;
  changedBy: Named | null;
  changedAt: string;
}

export interface ConnectionRequest {
  baseUrl: string;
  timeoutSeconds: number;
  /** Null keeps those that the connection has. */
  headers: Record<string, string> | null;
}

export interface Erasure {
  key: string;
  processInstanceKey: string;
  events: number[];
  variables: string[];
  basis: string;
  state: 'PROPOSED' | 'ERASED' | 'REJECTED';
  proposedBy: Named | null;
  proposedAt: string;
  decidedBy: Named | null;
  decidedAt: string | null;
  reason: string | null;
}

export interface EnteredCase {
  procedureId: string;
  elements: string[];
  initiator: string;
  beganOn: string;
  reason: string;
  variables: Variables;
  clocks: Array<{ limitId: string; startedOn: string; evidence: string }>;
  title: string | null;
  caseNumber: string | null;
}

const id = encodeURIComponent;

export const operations = {
  settings: () => request<{ items: Setting[] }>('GET', '/admin/settings'),
  changeSetting: (name: string, value: SettingValue, idempotencyKey: string) =>
    request<void>('PUT', `/admin/settings/${id(name)}`, { body: { value }, idempotencyKey }),
  outbox: (status: string) => request<{ items: Letter[] }>('GET', '/admin/outbox', { query: { status } }),
  checkNotices: (idempotencyKey: string) =>
    request<{ channels: string[] }>('POST', '/admin/outbox/check', { idempotencyKey }),
  connections: () => request<{ items: Connection[] }>('GET', '/admin/connections'),
  putConnection: (name: string, body: ConnectionRequest, idempotencyKey: string) =>
    request<{ address: string }>('PUT', `/admin/connections/${id(name)}`, { body, idempotencyKey }),
  deleteConnection: (name: string) => request<void>('DELETE', `/admin/connections/${id(name)}`),
  erasures: () => request<{ items: Erasure[] }>('GET', '/admin/erasures'),
  proposeErasure: (caseKey: string, body: { variables: string[]; basis: string }, idempotencyKey: string) =>
    request<{ key: string; events: number[] }>('POST', `/admin/process-instances/${id(caseKey)}/erasures`, {
      body,
      idempotencyKey,
    }),
  confirmErasure: (key: string, idempotencyKey: string) =>
    request<unknown>('POST', `/admin/erasures/${id(key)}/confirmation`, { idempotencyKey }),
  rejectErasure: (key: string, reason: string, idempotencyKey: string) =>
    request<unknown>('POST', `/admin/erasures/${id(key)}/rejection`, { body: { reason }, idempotencyKey }),
  enterCase: (body: EnteredCase, idempotencyKey: string) =>
    request<{ key: string }>('POST', '/admin/entered-cases', { body, idempotencyKey }),
};

/** What is one's own: who stands in for whom, sessions, the second factor. */

import { request } from './client';
import type { Named } from './types';

export interface Substitution {
  key: string;
  principal: Named;
  substitute: Named;
  startsAt: string;
  endsAt: string;
  procedures: string[] | null;
  reason: string;
  withdrawnAt: string | null;
  inForce: boolean;
}

export interface NewSubstitution {
  principal?: string;
  substitute: string;
  startsAt: string;
  endsAt: string;
  procedures: string[] | null;
  reason: string;
}

export interface OpenSession {
  id: string;
  user: Named;
  createdAt: string;
  seenAt: string;
  expiresAt: string;
}

export type Algorithm = 'SHA1' | 'SM3';

const id = encodeURIComponent;

export const substitutions = {
  own: () => request<{ items: Substitution[] }>('GET', '/substitutions'),
  all: () => request<{ items: Substitution[] }>('GET', '/admin/substitutions'),
  grant: (body: NewSubstitution, idempotencyKey: string) =>
    request<{ key: string }>('POST', '/substitutions', { body, idempotencyKey }),
  withdraw: (key: string) => request<void>('DELETE', `/substitutions/${id(key)}`),
};

export const sessions = {
  own: () => request<{ items: OpenSession[] }>('GET', '/session/all'),
  endOthers: () => request<{ count: number }>('DELETE', '/session/others'),
};

export const secondFactor = {
  read: () => request<{ confirmed: boolean }>('GET', '/second-factor'),
  /** The secret is told this once. */
  enrol: (algorithm: Algorithm) =>
    request<{ secret: string; uri: string }>('POST', '/second-factor', { body: { algorithm } }),
  confirm: (code: string) => request<void>('POST', '/second-factor/confirmation', { body: { code } }),
  remove: (code: string) => request<void>('POST', '/second-factor/removal', { body: { code } }),
};

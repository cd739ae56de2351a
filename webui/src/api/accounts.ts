/** Accounts, and what the three administrators see of them. */

import { request } from './client';
import type { OpenSession } from './own';
import type { AdminUser, Named } from './types';

export interface Account extends AdminUser {
  email: string | null;
  kind: 'staff' | 'outside';
  post: string | null;
  secondFactor: boolean;
}

export interface NewAccount {
  username: string;
  name: string;
  department: string | null;
  roles: string[];
  email: string | null;
  kind: Account['kind'];
  post: string | null;
  password?: string;
}

export interface AccountChange {
  name?: string;
  department?: string | null;
  email?: string | null;
  kind?: Account['kind'];
  post?: string | null;
  active?: boolean;
  reason?: string;
}

export interface ReviewedAccount {
  id: string;
  name: string;
  active: boolean;
  roles: string[];
  lastSignIn: string | null;
  passwordChangedAt: string | null;
  tokens: number;
  findings: string[];
}

export interface ImportChange {
  sheet: string;
  row: number;
  action: 'add' | 'change' | 'deactivate' | 'activate';
  id: string;
  name: string;
  changes: Record<string, unknown>;
}

export interface ImportProblem {
  sheet: string;
  row: number;
  column: string | null;
  message: string;
}

export interface ImportPreview {
  digest: string;
  applied: boolean;
  changes: ImportChange[];
  problems: ImportProblem[];
  firstPassword: string | null;
}

export interface CaseRead {
  processInstanceKey: string;
  caseTitle: string;
  user: Named;
  resource: string;
  readAt: string;
}

const id = encodeURIComponent;
const one = (userId: string) => `/admin/users/${id(userId)}`;

function fileForm(file: File, digest?: string): FormData {
  const form = new FormData();
  form.set('file', file);
  if (digest) form.set('digest', digest);
  return form;
}

export const accounts = {
  list: () => request<{ items: Account[] }>('GET', '/admin/users'),
  create: (body: NewAccount, idempotencyKey: string) =>
    request<{ id: string; firstPassword: string | null }>('POST', '/admin/users', { body, idempotencyKey }),
  change: (userId: string, body: AccountChange, idempotencyKey: string) =>
    request<void>('PATCH', one(userId), { body, idempotencyKey }),
  setRoles: (userId: string, roles: string[], reason: string | null, idempotencyKey: string) =>
    request<void>('PUT', `${one(userId)}/roles`, { body: { roles, reason }, idempotencyKey }),
  setPassword: (userId: string, newPassword: string) =>
    request<void>('PUT', `${one(userId)}/password`, { body: { newPassword } }),
  unlock: (userId: string) => request<void>('DELETE', `${one(userId)}/lock`),
  signOut: (userId: string) => request<void>('DELETE', `${one(userId)}/sessions`),
  endSession: (userId: string, session: string) => request<void>('DELETE', `${one(userId)}/sessions/${id(session)}`),
  removeSecondFactor: (userId: string, reason: string, idempotencyKey: string) =>
    request<void>('POST', `${one(userId)}/second-factor/removal`, { body: { reason }, idempotencyKey }),
  sessions: () => request<{ items: OpenSession[] }>('GET', '/admin/sessions'),
  review: () => request<{ items: ReviewedAccount[] }>('GET', '/admin/account-review'),
  caseReads: (caseKey: string) =>
    request<{ items: CaseRead[] }>('GET', '/admin/case-reads', { query: { case: caseKey } }),
  previewImport: (file: File) =>
    request<ImportPreview>('POST', '/admin/people/import-preview', { body: fileForm(file) }),
  importPeople: (file: File, digest: string) =>
    request<ImportPreview>('POST', '/admin/people/import', { body: fileForm(file, digest) }),
};

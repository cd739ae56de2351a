/** What waits for somebody beside user tasks, as it travels: copies, entered signatures, interventions. */

import { request } from './client';
import type { EvidenceKind } from './task-actions';
import type { Named, Page } from './types';

export type CopyKind = 'COPY' | 'CIRCULATE';

export interface Copy {
  key: string;
  processInstanceKey: string;
  caseTitle: string;
  kind: CopyKind;
  sentBy: Named | null;
  note: string | null;
  sentAt: string;
  readAt: string | null;
}

export interface Receipt {
  key: string;
  kind: CopyKind;
  user: Named | null;
  sentBy: Named | null;
  note: string | null;
  sentAt: string;
  readAt: string | null;
}

/** A signature that somebody entered for the one who asks. */
export interface Signature {
  taskKey: string;
  taskName: string;
  processInstanceKey: string;
  caseTitle: string;
  outcome: string | null;
  opinion: string | null;
  recordedBy: Named | null;
  evidenceKind: EvidenceKind;
  evidence: string;
  documentId: string | null;
  at: string;
}

/** A jump to another step, or the end of a case, asked of the procedure's owner. */
export interface Intervention {
  key: string;
  processInstanceKey: string;
  caseTitle: string;
  kind: 'JUMP' | 'TERMINATE';
  elementId: string | null;
  reason: string;
  requestedBy: Named | null;
  state: 'REQUESTED' | 'APPROVED' | 'REFUSED';
  note: string | null;
  decidedBy: Named | null;
  decidable: boolean;
  at: string;
}

export interface InterventionRequest {
  kind: Intervention['kind'];
  reason: string;
  elementId?: string;
  terminate?: string[];
}

const id = encodeURIComponent;
const ofCase = (key: string, part: string) => `/process-instances/${id(key)}/${part}`;

export const copies = {
  list: (tab: 'unread' | 'all', cursor: string | null, limit: number) =>
    request<Page<Copy>>('GET', '/copies', { query: { tab, cursor, limit } }),
  markRead: (key: string, idempotencyKey: string) =>
    request<void>('POST', `/copies/${id(key)}/receipt`, { idempotencyKey }),
  receipts: (caseKey: string) => request<{ items: Receipt[] }>('GET', ofCase(caseKey, 'copies')),
  send: (
    caseKey: string,
    body: { people: string[]; kind: CopyKind; taskKey?: string; note: string | null },
    idempotencyKey: string,
  ) => request<{ copies: string[] }>('POST', ofCase(caseKey, 'copies'), { body, idempotencyKey }),
};

export const signatures = {
  list: () => request<{ items: Signature[] }>('GET', '/recorded-signatures'),
  answer: (taskKey: string, confirmed: boolean, note: string, idempotencyKey: string) =>
    request<void>('POST', `/recorded-signatures/${id(taskKey)}/answer`, {
      body: { confirmed, note: note || null },
      idempotencyKey,
    }),
  addScan: (taskKey: string, documentId: string, idempotencyKey: string) =>
    request<void>('POST', `/recorded-signatures/${id(taskKey)}/scan`, { body: { documentId }, idempotencyKey }),
};

export const interventions = {
  list: () => request<{ items: Intervention[] }>('GET', '/interventions'),
  ask: (caseKey: string, body: InterventionRequest, idempotencyKey: string) =>
    request<{ key: string; ownerGroups: string[] }>('POST', ofCase(caseKey, 'interventions'), { body, idempotencyKey }),
  decide: (key: string, approve: boolean, note: string, idempotencyKey: string) =>
    request<void>('POST', `/interventions/${id(key)}/decision`, {
      body: { approve, note: note || null },
      idempotencyKey,
    }),
};

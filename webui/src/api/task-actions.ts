/** Office work on user tasks, as it travels: returning, handing over, further signers, urging, entering for somebody. */

import { request } from './client';
import type { Named, Variables } from './types';

export type SigningKind = 'BEFORE' | 'AFTER' | 'PARALLEL' | 'ASSIST';
export type EvidenceKind = 'PAPER' | 'TELEPHONE' | 'OTHER';

export interface Signer {
  key: string;
  user: Named | null;
  kind: SigningKind;
  requestedBy: Named | null;
  reason: string;
  state: 'WAITING' | 'OPEN' | 'DONE' | 'CANCELED';
  outcome: string | null;
  opinion: string | null;
  endedAt: string | null;
}

export interface Handover {
  kind: 'TRANSFER' | 'DELEGATE';
  fromUser: Named | null;
  toUser: Named | null;
  reason: string;
  state: 'OPEN' | 'DONE';
  /** What a delegate filled in. */
  variables: Variables | null;
  opinion: string | null;
  at: string;
}

export interface Recorded {
  person: Named | null;
  recordedBy: Named | null;
  evidenceKind: EvidenceKind;
  evidence: string;
  documentId: string | null;
  state: 'UNCONFIRMED' | 'CONFIRMED' | 'DISPUTED';
  note: string | null;
}

/** Who else has to do with a user task, and in which way. */
export interface Involved {
  /** Set on the task of a signer, and on the initiator's task of mending the start form. */
  binding: SigningKind | 'REWORK' | null;
  boundTo: string | null;
  /** Done, and waiting for signers. */
  held: boolean;
  secondFactor: boolean;
  returnMode: 'none' | 'previous' | 'any' | 'initiator';
  directAllowed: boolean;
  urged: number;
  signers: Signer[];
  handovers: Handover[];
  returned: { by: Named | null; reason: string; direct: boolean; at: string } | null;
  recorded: Recorded | null;
  votes: { done: number; total: number; outcomes: Record<string, number> } | null;
}

export interface ReturnTarget {
  key: string;
  elementId: string;
  name: string;
  /** A subprocess or multi-instance that opens again as a whole. */
  whole: boolean;
  previous: boolean;
  completedBy: Named | null;
  completedAt: string | null;
}

export interface ReturnTargets {
  items: ReturnTarget[];
  mode: Involved['returnMode'];
  directAllowed: boolean;
  initiator: boolean;
}

export interface ReturnPreview {
  targetKey: string;
  elementId: string;
  /** The initiator gets the start form to mend, while the task waits. */
  mend: boolean;
  tasks: Array<{ key: string; name: string; elementId: string; assignee: Named | null; candidateGroups: string[] }>;
  elements: Array<{ elementId: string; name: string; type: string }>;
  directPossible: boolean;
}

/** Where a return goes: a step's key, or the initiator. */
export type ReturnWay = { target: string } | { to: 'INITIATOR' };

export interface Opened {
  processInstanceKey: string;
  opened: string[];
  cancelled: string[];
}

export interface BatchResult {
  key: string;
  done: boolean;
  held: boolean;
  code: string | null;
  detail: string | null;
}

export interface Recording {
  person: string;
  evidenceKind: EvidenceKind;
  evidence: string;
  variables: Variables;
  opinion?: string;
  documentId?: string;
  acknowledged?: Variables;
}

const id = encodeURIComponent;
const task = (key: string, act: string) => `/user-tasks/${id(key)}/${act}`;

export const taskActions = {
  returnTargets: (key: string) => request<ReturnTargets>('GET', task(key, 'return-targets')),
  returnPreview: (key: string, way: ReturnWay) =>
    request<ReturnPreview>('GET', task(key, 'return-preview'), { query: { ...way } }),
  giveBack: (
    key: string,
    body: ReturnWay & { reason: string; direct: boolean; cancels: string[] },
    idempotencyKey: string,
  ) => request<Opened>('POST', task(key, 'return'), { body, idempotencyKey }),
  withdraw: (key: string, reason: string, idempotencyKey: string) =>
    request<Opened>('POST', task(key, 'withdrawal'), { body: { reason }, idempotencyKey }),
  transfer: (key: string, to: string, reason: string, idempotencyKey: string) =>
    request<void>('POST', task(key, 'transfer'), { body: { to, reason }, idempotencyKey }),
  delegate: (key: string, to: string, reason: string, idempotencyKey: string) =>
    request<void>('POST', task(key, 'delegation'), { body: { to, reason }, idempotencyKey }),
  recallDelegation: (key: string, idempotencyKey: string) =>
    request<void>('DELETE', task(key, 'delegation'), { idempotencyKey }),
  addSigners: (key: string, body: { kind: SigningKind; people: string[]; reason: string }, idempotencyKey: string) =>
    request<{ signers: string[] }>('POST', task(key, 'signers'), { body, idempotencyKey }),
  removeSigner: (signerKey: string, reason: string, idempotencyKey: string) =>
    request<void>('POST', `/signers/${id(signerKey)}/removal`, { body: { reason }, idempotencyKey }),
  urge: (key: string, note: string, idempotencyKey: string) =>
    request<{ number: number; leftToday: number }>('POST', task(key, 'urging'), {
      body: { note: note || null },
      idempotencyKey,
    }),
  record: (key: string, body: Recording, idempotencyKey: string) =>
    request<void>('POST', task(key, 'recording'), { body, idempotencyKey }),
  completeTogether: (
    body: { items: Array<{ key: string; variables: Variables }>; opinion: string | null },
    idempotencyKey: string,
  ) => request<{ items: BatchResult[] }>('POST', '/user-tasks/batch-completion', { body, idempotencyKey }),
};

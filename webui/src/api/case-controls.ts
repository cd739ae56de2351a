/** What controls find at a user task and found in a case; draws of experts; who read a restricted case. */

import { request } from './client';
import type { Named, Variables } from './types';

export type Strength = 'BLOCK' | 'WARN' | 'MON' | 'ATTEST';

/** What a control of a user task finds now. */
export interface TaskControl {
  id: string;
  title: string;
  strength: Strength;
  /** The duty list's own words. */
  words: string;
  missing: string | null;
  hit: boolean;
  needs: 'reason' | 'confirmation' | null;
  overridable: boolean;
  overridden: boolean;
}

/** Control id to the reason (WARN) or the confirmation (ATTEST) that goes with a command. */
export type Acknowledged = Record<string, string | true>;

export interface ControlHit {
  controlId: string;
  strength: Strength;
  outcome: 'passed' | 'hit' | 'acknowledged' | 'confirmed' | 'overridden';
  words: string;
  elementId: string;
  reason: string | null;
  at: string;
  actor: Named | null;
}

export interface RegisteredControl {
  id: string;
  title: string;
  strength: Strength;
  words: string;
  basis: string;
  procedures: string[];
  /** Patterns of the elements that it watches by name; it may watch others by their duty. */
  elements?: string[];
  /** Roles, `分管负责人@{department}`. */
  overridableBy: string[];
}

export interface Expert {
  id: string;
  name: string;
  employer: string;
  reason?: string;
}

/** A draw with everything that proves it. */
export interface Draw {
  key: string;
  field: string;
  size: number;
  alternatesWanted: number;
  state: 'COMMITTED' | 'DRAWN';
  pool: Expert[];
  excluded: Expert[];
  seedDigest: string;
  seed: string | null;
  witness: string | null;
  drawn: Expert[] | null;
  alternates: Expert[] | null;
  reason: string | null;
  committedAt: string;
  committedBy: Named | null;
  drawnAt: string | null;
  reproduced: boolean | null;
}

export interface DrawRequest {
  field: string;
  size: number;
  alternates: number;
  applicants: string[];
  reason: string | null;
}

/** Somebody read a restricted case. */
export interface CaseRead {
  user: Named | null;
  resource: string;
  readAt: string;
}

const id = encodeURIComponent;
const ofCase = (key: string, part: string) => `/process-instances/${id(key)}/${part}`;

let register: Promise<{ items: RegisteredControl[] }> | null = null;

export const caseControls = {
  preview: (taskKey: string, variables: Variables) =>
    request<{ items: TaskControl[] }>('POST', `/user-tasks/${id(taskKey)}/controls`, { body: { variables } }),
  override: (taskKey: string, controlId: string, reason: string, idempotencyKey: string) =>
    request<void>('POST', `/user-tasks/${id(taskKey)}/controls/${id(controlId)}/override`, {
      body: { reason },
      idempotencyKey,
    }),
  found: (caseKey: string) => request<{ items: ControlHit[] }>('GET', ofCase(caseKey, 'controls')),
  /** The register in force, read once while the page stands. */
  register: () => {
    register ??= request<{ items: RegisteredControl[] }>('GET', '/controls').catch((error: unknown) => {
      register = null;
      throw error;
    });
    return register;
  },
};

export const draws = {
  list: (caseKey: string) => request<{ items: Draw[] }>('GET', ofCase(caseKey, 'draws')),
  announce: (caseKey: string, body: DrawRequest, idempotencyKey: string) =>
    request<{ key: string; seedDigest: string }>('POST', ofCase(caseKey, 'draws'), { body, idempotencyKey }),
  open: (key: string, witness: string, idempotencyKey: string) =>
    request<{ drawn: Expert[]; alternates: Expert[] }>('POST', `/draws/${id(key)}/drawing`, {
      body: { witness },
      idempotencyKey,
    }),
};

/** Who read a restricted case; for auditors. */
export const caseReads = (caseKey: string) =>
  request<{ items: CaseRead[] }>('GET', '/admin/case-reads', { query: { case: caseKey } });

/** Controls, what they hit, where duty list and law differ, the pool of experts and draws from it. */

import { request } from './client';
import type { Named, Page } from './types';

export type Strength = 'BLOCK' | 'WARN' | 'MON' | 'ATTEST';
export type HitOutcome = 'hit' | 'acknowledged' | 'overridden';

export interface Control {
  id: string;
  title: string;
  strength: Strength;
  words: string;
  lines: number[];
  basis: string;
  owner: string;
  mechanism: string;
  procedures: string[];
  elements: string[];
  duties: string[];
  start: boolean;
  condition: string | null;
  overridableBy: string[];
  carriedBy: string | null;
}

export interface Register {
  version: string | null;
  items: Control[];
}

export interface Hit {
  controlId: string;
  strength: Strength;
  outcome: 'passed' | 'confirmed' | HitOutcome;
  words: string;
  elementId: string;
  reason: string | null;
  at: string;
  processInstanceKey: string;
  procedureId: string | null;
  caseTitle: string | null;
  actor: Named | null;
}

export interface HitFilter {
  control: string;
  outcome: string;
  strength: string;
}

export interface LawDifference {
  kind: 'topic' | 'limit';
  topic: string;
  procedures: string[];
  seed: string;
  lines: string;
  law: string;
  handled: string;
  open: boolean;
}

export interface Expert {
  id: string;
  name: string;
  employer: string;
  fields: string[];
  active: boolean;
}

export interface DrawnExpert {
  id: string;
  name: string;
  employer: string;
  reason?: string;
}

export interface ExpertDraw {
  key: string;
  processInstanceKey: string;
  caseTitle: string;
  field: string;
  size: number;
  alternatesWanted: number;
  state: 'COMMITTED' | 'DRAWN';
  pool: DrawnExpert[];
  excluded: DrawnExpert[];
  seedDigest: string;
  seed: string | null;
  witness: string | null;
  drawn: DrawnExpert[] | null;
  alternates: DrawnExpert[] | null;
  reason: string | null;
  committedAt: string;
  committedBy: Named | null;
  drawnAt: string | null;
  reproduced: boolean | null;
}

const id = encodeURIComponent;

function fileForm(file: File): FormData {
  const form = new FormData();
  form.set('file', file);
  return form;
}

export const supervision = {
  register: () => request<Register>('GET', '/controls'),
  publish: (content: string, source: string, idempotencyKey: string) =>
    request<{ version: string; new: boolean }>('PUT', '/admin/controls', { body: { content, source }, idempotencyKey }),
  hits: (filter: HitFilter, cursor: string | null) =>
    request<Page<Hit>>('GET', '/controls/hits', { query: { ...filter, cursor, limit: 50 } }),
  lawDifferences: () => request<{ items: LawDifference[] }>('GET', '/controls/law-differences'),
  experts: () => request<{ items: Expert[] }>('GET', '/experts'),
  importExperts: (file: File, idempotencyKey: string) =>
    request<{ experts: number }>('POST', '/experts/import', { body: fileForm(file), idempotencyKey }),
  draws: () => request<{ items: ExpertDraw[] }>('GET', '/draws'),
  perform: (key: string, witness: string, idempotencyKey: string) =>
    request<unknown>('POST', `/draws/${id(key)}/drawing`, { body: { witness }, idempotencyKey }),
};

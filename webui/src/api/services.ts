/** Services of papers (送达) and what a case has in the registers, as they travel. */

import { request } from './client';
import type { NumberState } from './numbers';
import type { SealUse } from './seals';
import type { Json, Named, Page } from './types';

export const SERVICE_WAYS = ['直接', '留置', '邮寄', '委托', '公告', '电子'] as const;
export type ServiceWay = (typeof SERVICE_WAYS)[number];

export interface Service {
  key: string;
  processInstanceKey: string;
  paper: Json;
  number: string | null;
  recipient: string | null;
  way: ServiceWay;
  servedOn: string;
  place: string | null;
  receivedBy: string | null;
  refused: boolean;
  substituteReason: string | null;
  evidence: Json;
  note: string | null;
  by: Named | null;
  recordedAt: string;
  correctedBy: Named | null;
  correctedAt: string | null;
}

export interface ServiceChanges {
  servedOn?: string;
  way?: ServiceWay;
  receivedBy?: string | null;
  place?: string | null;
}

export interface ServiceCorrection {
  changes: ServiceChanges;
  evidence: string;
  reason: string;
  /** Clocks that start on the corrected day. */
  limits: string[];
}

export interface IssuedNumber {
  series: string;
  period: number;
  number: number;
  text: string;
  title: string | null;
  state: NumberState;
  reason: string | null;
  by: Named | null;
  at: string;
}

export interface Issued {
  numbers: IssuedNumber[];
  services: Service[];
  sealUses: SealUse[];
}

export interface ServiceChoice {
  since: string;
  until: string;
  way: string;
  search: string;
}

const id = encodeURIComponent;

export const services = {
  ofCase: (caseKey: string) => request<Issued>('GET', `/process-instances/${id(caseKey)}/issued`),
  list: (choice: ServiceChoice, cursor: string | null) =>
    request<Page<Service>>('GET', '/services', { query: { ...choice, cursor, limit: 50 } }),
  correct: (key: string, correction: ServiceCorrection, idempotencyKey: string) =>
    request<unknown>('POST', `/services/${id(key)}/correction`, { body: correction, idempotencyKey }),
};

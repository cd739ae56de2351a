/** Archive packages of ended cases, as they travel. */

import { request } from './client';
import type { Named, Page } from './types';

export interface ArchivePackage {
  processInstanceKey: string;
  number: number;
  documentId: string;
  fileName: string;
  size: number;
  sm3: string;
  sha256: string;
  period: string;
  category: string;
  year: number;
  title: string;
  procedureId: string;
  archivedAt: string;
}

export interface RefusedArchive {
  processInstanceKey: string;
  title: string;
  procedureId: string;
  problems: string[];
  endedAt: string | null;
}

export interface CaseArchive {
  state: 'PENDING' | 'DONE' | 'REFUSED';
  problems: string[];
  orderedBy: Named | null;
  orderedAt: string | null;
  packages: ArchivePackage[];
}

const ofCase = (caseKey: string) => `/process-instances/${encodeURIComponent(caseKey)}/archive`;

export const archives = {
  list: (search: string, cursor: string | null) =>
    request<Page<ArchivePackage>>('GET', '/archives', { query: { search, cursor, limit: 50 } }),
  refused: () => request<{ items: RefusedArchive[] }>('GET', '/archives/refused'),
  ofCase: (caseKey: string) => request<CaseArchive>('GET', ofCase(caseKey)),
  order: (caseKey: string, idempotencyKey: string) => request<unknown>('POST', ofCase(caseKey), { body: {}, idempotencyKey }),
};

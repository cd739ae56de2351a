/** Texts that cases draft (正文), version by version, as they travel. */

import { request } from './client';
import type { Named } from './types';

/** What a task drafts; `version` 0 while there is none. */
export interface TaskText {
  name: string;
  version: number;
  /** The form field or variable that always holds the newest version. */
  variable: string | null;
  frozen: boolean;
}

export interface TextVersion {
  version: number;
  digest: string;
  note: string | null;
  restoredFrom: number | null;
  document: { documentId: string; name: string; digest: string } | null;
  by: Named | null;
  savedAt: string;
  frozenBy: Named | null;
  frozenAt: string | null;
  userTaskKey: string | null;
}

/** A text of a case or of one it called; the newest version first. */
export interface CaseText {
  processInstanceKey: string;
  name: string;
  versions: TextVersion[];
}

export interface ComparedParagraph {
  kind: 'same' | 'changed' | 'added' | 'removed';
  pieces: Array<{ kind: 'same' | 'added' | 'removed'; text: string }>;
}

interface NewVersion {
  baseVersion: number;
  content?: string;
  documentId?: string;
  note: string | null;
}

const id = encodeURIComponent;

export const texts = {
  ofCase: (caseKey: string) => request<{ items: CaseText[] }>('GET', `/process-instances/${id(caseKey)}/texts`),
  version: (caseKey: string, name: string, version: number) =>
    request<TextVersion & { content: string[] }>(
      'GET',
      `/process-instances/${id(caseKey)}/texts/${id(name)}/versions/${version}`,
    ),
  compare: (caseKey: string, name: string, from: number, to: number) =>
    request<{ items: ComparedParagraph[] }>('GET', `/process-instances/${id(caseKey)}/texts/${id(name)}/comparison`, {
      query: { from, to },
    }),
  save: (taskKey: string, name: string, body: NewVersion, idempotencyKey: string) =>
    request<{ version: number }>('POST', `/user-tasks/${id(taskKey)}/texts/${id(name)}/versions`, { body, idempotencyKey }),
  restore: (taskKey: string, name: string, baseVersion: number, version: number, idempotencyKey: string) =>
    request<{ version: number }>('POST', `/user-tasks/${id(taskKey)}/texts/${id(name)}/restorations`, {
      body: { baseVersion, version },
      idempotencyKey,
    }),
};

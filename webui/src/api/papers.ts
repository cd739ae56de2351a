/** Files of a case, and papers before they are issued, as they travel. */

import { request, requestBlob } from './client';
import type { Variables } from './types';

interface PaperFile {
  documentId: string;
  name: string;
  digest: string;
  size: number;
}

/** A paper that a case issued, from a version of a template. */
export interface IssuedPaper extends PaperFile {
  contentType: string;
  pdf: PaperFile | null;
  /** Why there is no PDF. */
  note: string | null;
  title: string;
  version: number;
  at: string;
}

/** A file that a case took; `field` is the variable that holds it. */
export interface CaseAttachment extends PaperFile {
  contentType: string;
  field: string | null;
}

/** A paper that can be looked at before a task is signed. */
export interface PreviewablePaper {
  id: string;
  title: string;
  format: string;
}

/** A preview that is being printed. */
export interface PrintedPreview {
  key: string;
  state: 'PENDING' | 'RUNNING' | 'DONE' | 'FAILED';
  message: string | null;
  fileName: string;
}

const id = encodeURIComponent;

export const papers = {
  issued: (caseKey: string) => request<{ items: IssuedPaper[] }>('GET', `/process-instances/${id(caseKey)}/documents`),
  attachments: (caseKey: string) =>
    request<{ items: CaseAttachment[] }>('GET', `/process-instances/${id(caseKey)}/attachments`),
  preview: (taskKey: string, paper: string, variables: Variables) =>
    requestBlob('POST', `/user-tasks/${id(taskKey)}/papers/${id(paper)}/preview`, { body: { variables } }),
  orderPrinted: (taskKey: string, paper: string, variables: Variables) =>
    request<{ key: string }>('POST', `/user-tasks/${id(taskKey)}/papers/${id(paper)}/printed-previews`, {
      body: { variables },
    }),
  printed: (key: string) => request<PrintedPreview>('GET', `/printed-previews/${id(key)}`),
  printedAddress: (key: string) => `/api/printed-previews/${id(key)}/content`,
};

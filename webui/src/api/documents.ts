/** Files that people upload, as they travel. */

import { request } from './client';

export interface UploadedDocument {
  documentId: string;
  name: string;
  digest: string;
  size: number;
  contentType: string;
  /** Whether browsers may show it where it stands. */
  inline: boolean;
}

export const documents = {
  upload: (file: File, caseKey: string, note: string, idempotencyKey: string) => {
    const body = new FormData();
    body.set('file', file);
    body.set('processInstanceKey', caseKey);
    body.set('note', note);
    return request<UploadedDocument>('POST', '/documents', { body, idempotencyKey });
  },
  address: (documentId: string) => `/api/documents/${encodeURIComponent(documentId)}`,
};

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
  /** For a task's form, for a case as it stands, or for a start form (neither). */
  upload: (
    file: File,
    place: { taskKey?: string; processInstanceKey?: string },
    note: string,
    idempotencyKey: string,
  ) => {
    const body = new FormData();
    body.set('file', file);
    for (const [name, key] of Object.entries(place)) body.set(name, key);
    if (note) body.set('note', note);
    return request<UploadedDocument>('POST', '/documents', { body, idempotencyKey });
  },
  address: (documentId: string) => `/api/documents/${encodeURIComponent(documentId)}`,
};

import { documents, type UploadedDocument } from '../api/documents';
import { newIdempotencyKey } from '../api/client';

/** A file as forms keep it: exactly these members, as they came from the upload. */
export interface Attachment {
  documentId: string;
  name: string;
  digest: string;
  size: number;
  contentType: string;
}

/** What a form is filled in for: files are uploaded for a task, or for a start. */
export interface UploadPlace {
  taskKey?: string;
}

/** The uploads of one form: what is on its way keeps the form from being sent. */
export class Uploads {
  private running = 0;

  constructor(private readonly place: UploadPlace) {}

  get busy(): boolean {
    return this.running > 0;
  }

  /** Uploads a file; it belongs to nobody's case until the form is sent. */
  async send(file: File): Promise<Attachment> {
    this.running += 1;
    try {
      return attachmentOf(await documents.upload(file, this.place, '', newIdempotencyKey()));
    } finally {
      this.running -= 1;
    }
  }
}

function attachmentOf({ documentId, name, digest, size, contentType }: UploadedDocument): Attachment {
  return { documentId, name, digest, size, contentType };
}

/** The files of a field's value; anything else is none. */
export function attachmentsIn(value: unknown): Attachment[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (each): each is Attachment => typeof each === 'object' && each !== null && typeof (each as Attachment).documentId === 'string',
  );
}

/** What a field becomes without files: nothing where one is required, so that the form says so. */
export const valueOf = (files: Attachment[], required: boolean): Attachment[] | null =>
  files.length || !required ? files : null;

export const sizeWords = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

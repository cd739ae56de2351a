import type { FieldErrors } from '../api/errors';
import type { Json, Variables } from '../api/types';

/** What a page may ask of the form that it shows. */
export interface FormHandle {
  /** Validates; the values to send, or null when a field is wrong (the first one is then focused). */
  collect: () => Variables | null;
  /** The values as they stand, for a draft. */
  values: () => Variables;
  /** Puts the server's messages at their fields; gives back those that belong to no visible field. */
  showErrors: (errors: FieldErrors) => FieldErrors;
  /** Puts a value into a field, as if it were typed; false when no such field is on the screen. */
  fill: (key: string, value: Json) => boolean;
}

export interface FormChange {
  values: Variables;
}

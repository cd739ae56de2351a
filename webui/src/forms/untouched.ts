/** The part of a field type that says what a field without a value holds. */
interface FieldType {
  config: {
    emptyValue?: unknown;
    sanitizeValue?: (options: { value: unknown }) => unknown;
  };
}

/**
 * Lets a text that nobody wrote be null, as numbers, dates and choices are. The viewer's own way is an empty text,
 * and then a part of a form that is hidden while there is no such value (`=letter_number = null`) is shown, empty.
 */
export function untouchedTextsAreNull(...types: readonly unknown[]): void {
  for (const { config } of types as FieldType[]) {
    const sanitize = config.sanitizeValue;
    config.emptyValue = null;
    config.sanitizeValue = (options) => (options.value === null ? null : sanitize?.(options));
  }
}

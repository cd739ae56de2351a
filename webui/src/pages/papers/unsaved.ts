/** Tasks whose text was typed and is in no version yet: submitting them would lose it. Each leads to where it is typed. */
const unsaved = new Map<string, () => void>();

/** Notes whether a task's text has changes that are in no version; `show` brings them before the reader. */
export function noteUnsaved(taskKey: string, typed: boolean, show: () => void): void {
  if (typed) unsaved.set(taskKey, show);
  else unsaved.delete(taskKey);
}

/** Leads to the text that is in no version yet; says whether there is one. */
export function showUnsavedText(taskKey: string): boolean {
  const show = unsaved.get(taskKey);
  show?.();
  return show !== undefined;
}

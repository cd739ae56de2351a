/** Tasks whose text was typed and is in no version yet: submitting them would lose it. */
const unsaved = new Set<string>();

export function noteUnsaved(taskKey: string, typed: boolean): void {
  if (typed) unsaved.add(taskKey);
  else unsaved.delete(taskKey);
}

export const hasUnsavedText = (taskKey: string): boolean => unsaved.has(taskKey);

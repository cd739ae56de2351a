import type { FieldErrors } from '../api/errors';

type PathPart = string | number;

/** A field as it stands in the form: its id, where its value lives, and the row indexes around it. */
export interface FieldInstance {
  id: string;
  valuePath: PathPart[];
  indexes?: Record<string, number>;
}

type ErrorTree = { [part: string]: ErrorTree | string[] };

export interface PlacedErrors {
  /** In the form viewer's own shape: by field id, then by row index. */
  tree: ErrorTree;
  /** The first wrong field, in the form's order. */
  first: FieldInstance | null;
  /** Messages for paths that no visible field shows. */
  rest: FieldErrors;
}

/** `mingxi[0].danjia`, `mingxi.0.danjia` and `/mingxi/0/danjia` name the same field. */
export function normalisePath(path: string): string {
  return path
    .replace(/\[(\w+)\]/g, '.$1')
    .replace(/\//g, '.')
    .replace(/^\.+/, '');
}

function plant(tree: ErrorTree, parts: string[], messages: string[]): void {
  const [head, ...tail] = parts;
  if (head === undefined) return;
  if (!tail.length) {
    tree[head] = messages;
    return;
  }
  const branch = tree[head];
  const next: ErrorTree = branch && !Array.isArray(branch) ? branch : {};
  tree[head] = next;
  plant(next, tail, messages);
}

/** Puts the server's messages at the fields that show them. */
export function placeErrors(errors: FieldErrors, instances: FieldInstance[]): PlacedErrors {
  const byPath = new Map(Object.entries(errors).map(([path, messages]) => [normalisePath(path), messages]));
  const tree: ErrorTree = {};
  let first: FieldInstance | null = null;
  for (const instance of instances) {
    const path = instance.valuePath.join('.');
    const messages = byPath.get(path);
    if (!messages) continue;
    plant(tree, [instance.id, ...Object.values(instance.indexes ?? {}).map(String)], messages);
    first ??= instance;
    byPath.delete(path);
  }
  return { tree, first, rest: Object.fromEntries(byPath) };
}

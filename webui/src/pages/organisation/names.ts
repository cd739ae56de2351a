import type { Department } from '../../api/organisation';

export const KINDS: ReadonlyArray<readonly [kind: string, words: string]> = [
  ['bureau', '本局'],
  ['leadership', '局领导'],
  ['internal', '内设科室'],
  ['resident', '派驻机构'],
  ['subordinate', '直属单位'],
  ['superior', '上级机关'],
  ['district', '区市主管部门'],
  ['outside', '外部单位'],
];

export const nameMap = (departments: readonly Department[]): Map<string, string> =>
  new Map(departments.map(({ id, name }) => [id, name]));

/** Departments by kind, in the bureau's own order of kinds; kinds that nobody named come last. */
export function byKind(departments: readonly Department[]): Array<{ words: string; items: Department[] }> {
  const known = KINDS.map(([kind]) => kind);
  const others = [...new Set(departments.map(({ kind }) => kind))].filter((kind) => !known.includes(kind));
  return [...KINDS, ...others.map((kind) => [kind, kind] as const)]
    .map(([kind, words]) => ({ words, items: departments.filter((each) => each.kind === kind) }))
    .filter(({ items }) => items.length);
}

/** Whether a text has every word that was typed. */
export function hasWords(text: string, search: string): boolean {
  const told = text.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => told.includes(word));
}

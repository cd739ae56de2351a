import type { Documentation, Json, Labels, Named } from '../api/types';

export const STATE_WORDS: Record<string, string> = {
  ACTIVE: '办理中',
  COMPLETED: '已办结',
  TERMINATED: '已终止',
  SUSPENDED: '已挂起',
};

/** A person's name; what the platform did by itself is 系统. */
export function nameOf(person: Named | null | undefined): string {
  if (!person) return '—';
  return person.name.startsWith('system:') ? '系统' : person.name;
}

/** Roles as people say them: `科室负责人@bgs` is the 科室负责人 of a department, which the case already names. */
export function roleNames(roles: readonly string[]): string[] {
  return [...new Set(roles.map((role) => role.split('@')[0] ?? role))];
}

/** A department comes as `{id, name}` or as its plain name. */
export function departmentName(department: Named | string | null | undefined): string {
  if (!department) return '';
  return typeof department === 'string' ? department : department.name;
}

function showPlain(value: null | boolean | number | string): string {
  if (value === null || value === '') return '（空）';
  return typeof value === 'boolean' ? (value ? '是' : '否') : String(value);
}

/** A variable's value on one line, as people read it: rows of a list are numbered, their parts named. */
export function showValue(value: Json | undefined, labels: Labels = {}): string {
  if (value === undefined) return '';
  if (value === null || typeof value !== 'object') return showPlain(value);
  if (!Array.isArray(value)) {
    // A file is its name; its digest and type stand where files are listed.
    if (typeof value['documentId'] === 'string' && typeof value['name'] === 'string') return value['name'];
    // One choice of a list that a form offers.
    if (Object.keys(value).length === 2 && typeof value['label'] === 'string' && 'value' in value) return value['label'];
    const parts = Object.entries(value).map(([name, part]) => `${labels[name] ?? name}：${showValue(part, labels)}`);
    return parts.join('，') || '（空）';
  }
  const rows = value.map((part) => showValue(part, labels));
  if (!rows.length) return '（空）';
  const nested = value.some((part) => part !== null && typeof part === 'object' && !('label' in part && 'value' in part));
  return nested ? rows.map((row, position) => `${position + 1}）${row}`).join('；') : rows.join('、');
}

/** What was chosen, by what the form calls it: a department by its name, not by its code. */
export function showChosen(value: Json | undefined, called: Labels | undefined, labels: Labels = {}): string {
  const word = (each: Json) => (typeof each === 'string' ? (called?.[each] ?? each) : each);
  return showValue(Array.isArray(value) ? value.map(word) : value === undefined ? value : word(value), labels);
}

/** Documentation as its four parts; a plain text counts as 说明. */
export function documentationParts(
  documentation: Documentation | string | null | undefined,
): Array<[label: string, text: string]> {
  if (!documentation) return [];
  if (typeof documentation === 'string') return documentation.trim() ? [['说明', documentation]] : [];
  const parts: Array<[string, string | null | undefined]> = [
    ['原文', documentation.seed],
    ['依据', documentation.basis],
    ['说明', documentation.note],
    ['异常', documentation.exception],
  ];
  return parts.filter((part): part is [string, string] => Boolean(part[1]));
}

import type { Documentation, Json, Named } from '../api/types';

export const STATE_WORDS: Record<string, string> = {
  ACTIVE: '办理中',
  COMPLETED: '已办结',
  TERMINATED: '已终止',
  SUSPENDED: '已挂起',
};

export const nameOf = (person: Named | null | undefined): string => person?.name ?? '—';

/** A department comes as `{id, name}` or as its plain name. */
export function departmentName(department: Named | string | null | undefined): string {
  if (!department) return '';
  return typeof department === 'string' ? department : department.name;
}

/** A variable's value on one line, as people read it. */
export function showValue(value: Json | undefined): string {
  if (value === undefined) return '';
  if (value === null) return '（空）';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value) && value.every((part) => typeof part !== 'object')) return value.join('、') || '（空）';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Documentation as its four parts; a plain text counts as 说明. */
export function documentationParts(
  documentation: Documentation | string | null | undefined,
): Array<[label: string, text: string]> {
  if (!documentation) return [];
  if (typeof documentation === 'string') return documentation.trim() ? [['说明', documentation]] : [];
  const parts: Array<[string, string | null | undefined]> = [
    ['种子原文', documentation.seed],
    ['依据', documentation.basis],
    ['说明', documentation.note],
    ['异常', documentation.exception],
  ];
  return parts.filter((part): part is [string, string] => Boolean(part[1]));
}

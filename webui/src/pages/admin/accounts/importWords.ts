import type { ImportChange } from '../../../api/accounts';

export const ACTION_WORDS: Record<ImportChange['action'], string> = {
  add: '新增',
  change: '修改',
  deactivate: '停用',
  activate: '启用',
};

export const ACTION_TONES: Record<ImportChange['action'], string> = {
  add: 'tag tag-good',
  change: 'tag tag-accent',
  deactivate: 'tag tag-danger',
  activate: 'tag tag-good',
};

const NAMES: Record<string, string> = {
  name: '名称',
  label: '名称',
  kind: '类型',
  parent_id: '上级',
  department_id: '机构',
  email: '邮箱',
  post_id: '岗位',
  active: '在用',
  roles: '角色',
};

const VALUES: Record<string, string> = { staff: '本局', outside: '外部' };

function valueWords(value: unknown): string {
  if (value === null || value === '') return '（空）';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.map(String).join('、') || '（空）';
  const text = String(value);
  return VALUES[text] ?? text;
}

const PLACES = ['department_id', 'parent_id'];

/** The values that a row sets, as people read them; departments by their names where there are such already. */
export function changeWords(changes: Record<string, unknown>, departments: ReadonlyMap<string, string> = new Map()): string {
  const wordsOf = (name: string, value: unknown) =>
    (PLACES.includes(name) && departments.get(String(value))) || valueWords(value);
  return Object.entries(changes)
    .map(([name, value]) => `${NAMES[name] ?? name}：${wordsOf(name, value)}`)
    .join('；');
}

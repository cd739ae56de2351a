import type { Role } from '../../../api/people';
import type { TickGroup } from '../../../components/fields/TickPicker';

/** 三员分立: nobody holds two of these. */
export const EXCLUSIVE = ['系统管理员', '安全管理员', '审计管理员'];

/** What is wrong with a choice of roles; empty when nothing is. */
export function exclusiveProblem(roles: readonly string[]): string {
  const held = EXCLUSIVE.filter((role) => roles.includes(role));
  return held.length > 1 ? `${held.join('、')}不能由同一人担任（三员分立），请只选一个。` : '';
}

/** Roles of the whole bureau first, then each department's; `mayExclusive` offers the three administrators' too. */
export function roleGroups(roles: readonly Role[], departments: ReadonlyMap<string, string>, mayExclusive: boolean): TickGroup[] {
  const groups = new Map<string, TickGroup['items'][number][]>();
  for (const role of roles) {
    if (!mayExclusive && EXCLUSIVE.includes(role.name)) continue;
    const department = role.department ?? '';
    const item = { id: role.name, name: role.name.split('@')[0] ?? role.name, note: noteOf(role) };
    groups.set(department, [...(groups.get(department) ?? []), item]);
  }
  const ids = [...groups.keys()].sort((one, other) => Number(one !== '') - Number(other !== ''));
  return ids.map((id) => ({ id, name: id ? (departments.get(id) ?? id) : '全局', items: groups.get(id) ?? [] }));
}

function noteOf(role: Role): string {
  const [, said] = role.label.split('：');
  return said ?? '';
}

/** A role in another department than one's own says which. */
export function roleWords(role: string, own: string | null, departments: ReadonlyMap<string, string>): string {
  const [name = role, department] = role.split('@');
  if (!department || department === own) return name;
  return `${name}（${departments.get(department) ?? department}）`;
}

const LETTERS = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '-+=%#'];

/** A first password of all kinds of characters, without those that look alike; to be changed at the first sign-in. */
export function madePassword(random: (most: number) => number, length = 14): string {
  const all = LETTERS.join('');
  const pick = (from: string) => from.charAt(random(from.length));
  const characters = [...LETTERS.map(pick), ...Array.from({ length: length - LETTERS.length }, () => pick(all))];
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = random(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters.join('');
}

/** A random whole number below `most`, each as likely, from the browser's own source. */
export function randomBelow(most: number): number {
  const limit = 2 ** 32 - (2 ** 32 % most);
  for (;;) {
    const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (value < limit) return value % most;
  }
}

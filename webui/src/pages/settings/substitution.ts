import type { Substitution } from '../../api/own';

export type SubstitutionState = 'in-force' | 'to-come' | 'over' | 'withdrawn';

export const STATE_WORDS: Record<SubstitutionState, string> = {
  'in-force': '生效中',
  'to-come': '未开始',
  over: '已结束',
  withdrawn: '已撤销',
};

export const STATE_TONES: Record<SubstitutionState, string> = {
  'in-force': 'tag tag-good',
  'to-come': 'tag tag-accent',
  over: 'tag',
  withdrawn: 'tag',
};

/** How a substitution stands at a moment. Whether it is in force the server says. */
export function stateOf(item: Substitution, now: number): SubstitutionState {
  if (item.withdrawnAt) return 'withdrawn';
  if (item.inForce) return 'in-force';
  return Date.parse(item.startsAt) > now ? 'to-come' : 'over';
}

/** Those that count come first: in force, then to come by their beginning, then the latest of the rest. */
export function inOrder(items: readonly Substitution[], now: number): Substitution[] {
  const rank: Record<SubstitutionState, number> = { 'in-force': 0, 'to-come': 1, over: 2, withdrawn: 2 };
  return [...items].sort((one, other) => {
    const [first, second] = [rank[stateOf(one, now)], rank[stateOf(other, now)]];
    if (first !== second) return first - second;
    const later = Date.parse(one.startsAt) - Date.parse(other.startsAt);
    return first === 1 ? later : -later;
  });
}

/** `全部流程`, or the names of some. */
export function scopeOf(item: Substitution, names: ReadonlyMap<string, string>): string {
  if (!item.procedures) return '全部流程';
  return item.procedures.map((id) => names.get(id) ?? id).join('、');
}

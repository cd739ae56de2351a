import type { Control, HitOutcome, Strength } from '../../api/supervision';

export const STRENGTHS: Record<Strength, { word: string; note: string; tone: string }> = {
  BLOCK: { word: '阻断', note: '不满足即不能提交', tone: 'tag tag-danger' },
  WARN: { word: '须说明', note: '可以提交，但要写明理由', tone: 'tag tag-warning' },
  MON: { word: '监测', note: '不影响办理，列入清单', tone: 'tag tag-accent' },
  ATTEST: { word: '须承诺', note: '提交时须确认', tone: 'tag' },
};

export const OUTCOMES: Record<string, { word: string; tone: string }> = {
  hit: { word: '命中', tone: 'tag tag-danger' },
  acknowledged: { word: '说明后办理', tone: 'tag tag-warning' },
  overridden: { word: '例外放行', tone: 'tag tag-warning' },
} satisfies Record<HitOutcome, { word: string; tone: string }>;

const MECHANISMS: Record<string, string> = {
  feel: '按条件判断',
  separation: '不相容职责分离',
  order: '先后次序',
  papers: '资料齐全',
  once: '只办一次',
  draw: '随机抽取专家',
  split_payments: '拆分支付监测',
  exclusive_roles: '角色互斥',
  attest: '本人承诺',
  elsewhere: '由期限、流程图或系统本身保证',
};

export const mechanismOf = (control: Control): string => MECHANISMS[control.mechanism] ?? control.mechanism;

/** `分管负责人@{department}` as people say it. */
export function roleWords(role: string): string {
  const [name = role, department] = role.split('@');
  if (!department) return name;
  return department === '{department}' ? `本科室${name}` : `${name}（${department}）`;
}

/** What a control watches, one line each: procedures, and where in them. */
export function watchedBy(control: Control, names: ReadonlyMap<string, string>): { procedures: string[]; where: string[] } {
  const procedures = control.procedures.map((pattern) => (pattern === '*' ? '全部流程' : (names.get(pattern) ?? pattern)));
  const where = [
    ...(control.start ? ['发起时'] : []),
    ...control.duties.map((duty) => `“${duty}”环节`),
    ...control.elements.map((element) => (element === '*' ? '全部环节' : element)),
  ];
  return { procedures, where };
}

/** A control that has every word that was typed, of one strength or of any. */
export function matches(control: Control, search: string, strength: string): boolean {
  if (strength && control.strength !== strength) return false;
  const text = `${control.id} ${control.title} ${control.words} ${control.basis} ${control.procedures.join(' ')}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

import type { Told } from '../../api/notices';

/** What each kind is called in one or two words; the tone says how pressing it is, the word says it too. */
const KINDS: Record<string, { word: string; tone: string }> = {
  'task-offered': { word: '待认领', tone: 'accent' },
  'task-assigned': { word: '新待办', tone: 'accent' },
  urged: { word: '催办', tone: 'warning' },
  copied: { word: '抄送', tone: '' },
  returned: { word: '退回', tone: 'warning' },
  'clock-amber': { word: '临近期限', tone: 'warning' },
  'clock-red': { word: '即将到期', tone: 'danger' },
  'clock-overdue': { word: '已超期', tone: 'danger' },
  incident: { word: '异常', tone: 'danger' },
  'role-unheld': { word: '无人担任', tone: 'warning' },
  substitution: { word: '委托', tone: '' },
  'entered-for-you': { word: '代录', tone: 'warning' },
  'second-factor-removed': { word: '账号安全', tone: 'danger' },
  check: { word: '测试', tone: '' },
};

export const kindOf = (kind: string): { word: string; tone: string } => KINDS[kind] ?? { word: '通知', tone: '' };

/** Where a notice leads: the task that waits, else the case, else the place that looks after such things. */
export function placeOf(notice: Told): string[] | null {
  if (notice.kind === 'incident') return ['admin', 'incidents'];
  if (notice.kind === 'substitution') return ['settings', 'substitutions'];
  if (notice.kind === 'second-factor-removed') return ['settings', 'second-factor'];
  if (notice.userTaskKey) return ['todo', notice.userTaskKey];
  return notice.processInstanceKey ? ['cases', notice.processInstanceKey] : null;
}

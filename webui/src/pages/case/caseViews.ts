import type { Case, SessionUser, UserTaskDetail } from '../../api/types';

export type View = 'facts' | 'record' | 'files' | 'issued' | 'copies' | 'controls' | 'draws' | 'reads' | 'replay';

interface Entry {
  id: View;
  label: string;
}

const FACTS: Entry = { id: 'facts', label: '概况' };
const RECORD: Entry = { id: 'record', label: '办理记录' };
const FILES: Entry = { id: 'files', label: '文件' };
const ISSUED: Entry = { id: 'issued', label: '文号送达' };
const COPIES: Entry = { id: 'copies', label: '抄送传阅' };
const CONTROLS: Entry = { id: 'controls', label: '风险防控' };
const DRAWS: Entry = { id: 'draws', label: '专家抽取' };
const READS: Entry = { id: 'reads', label: '查阅记录' };
const REPLAY: Entry = { id: 'replay', label: '流程回放' };

/**
 * The views of a case for somebody: who read it is for auditors; who sees the outline only has no content to see;
 * draws are shown where there are some, or may be.
 */
export function viewsFor(person: SessionUser | null, draws: boolean): Entry[] {
  if (person?.administrator && !person.auditor) return [FACTS, RECORD, REPLAY];
  const shown = [FACTS, RECORD, FILES, ISSUED, COPIES, CONTROLS, ...(draws ? [DRAWS] : [])];
  return [...shown, ...(person?.auditor ? [READS] : []), REPLAY];
}

/** Roles of a case's department that may act on its clocks beside who has work in it (docs/clocks.md). */
const HEADS = ['科室负责人', '分管负责人'];

/** Whether somebody may act on a case's clocks: they have work in it, or head the department whose procedure it is. */
export function mayActOnClocks(
  item: Pick<Case, 'state'>,
  tasks: ReadonlyArray<Pick<UserTaskDetail, 'assignee' | 'claimable'>>,
  department: string | null,
  person: SessionUser | null,
): boolean {
  if (!person || (item.state !== 'ACTIVE' && item.state !== 'SUSPENDED')) return false;
  const heads = HEADS.map((role) => `${role}@${department ?? person.department?.id ?? ''}`);
  return (
    tasks.some((task) => task.assignee?.id === person.id || task.claimable) ||
    heads.some((role) => person.roles.includes(role))
  );
}

/** 政工科 keeps the pool of experts and draws from it (L2581). */
const DRAWERS = ['科室负责人@zgk', '经办人@zgk'];

export const mayDraw = (person: SessionUser | null): boolean =>
  DRAWERS.some((role) => person?.roles.includes(role) ?? false);

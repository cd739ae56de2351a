import type { UserTaskDetail } from '../../api/types';

/** A dialog of the bar. */
export type DialogId =
  | 'return'
  | 'transfer'
  | 'delegate'
  | 'recall-delegation'
  | 'sign'
  | 'assist'
  | 'remove-signer'
  | 'copy'
  | 'circulate'
  | 'urge'
  | 'record'
  | 'scan'
  | 'withdraw';

interface Entry {
  id: DialogId;
  label: string;
  /** Any of these of the task's `actions` allows it. */
  needs: readonly string[];
}

/** What can be done beside completing, the usual first: those that find no room in the bar stand behind 更多. */
const ENTRIES: readonly Entry[] = [
  { id: 'withdraw', label: '撤回', needs: ['withdraw'] },
  { id: 'return', label: '退回', needs: ['return'] },
  { id: 'recall-delegation', label: '收回委派', needs: ['recall-delegation'] },
  { id: 'transfer', label: '转办', needs: ['transfer'] },
  { id: 'sign', label: '加签', needs: ['sign-before', 'sign-after', 'sign-parallel'] },
  { id: 'remove-signer', label: '减签', needs: ['remove-signer'] },
  { id: 'delegate', label: '委派', needs: ['delegate'] },
  { id: 'assist', label: '协办', needs: ['assist'] },
  { id: 'urge', label: '催办', needs: ['urge'] },
  { id: 'copy', label: '抄送', needs: ['copy'] },
  { id: 'circulate', label: '传阅', needs: ['copy'] },
  { id: 'record', label: '代录', needs: ['record'] },
];

/** The dialogs that the task's `actions` allow, in the order of the bar. */
export function dialogsFor(actions: readonly string[]): Entry[] {
  return ENTRIES.filter((entry) => entry.needs.some((need) => actions.includes(need)));
}

/** Whether this person entered somebody's signature from paper and still owes its scan. */
export function owesScan(task: Pick<UserTaskDetail, 'recorded'>, userId: string | undefined): boolean {
  const recorded = task.recorded;
  return recorded?.evidenceKind === 'PAPER' && !recorded.documentId && recorded.recordedBy?.id === userId;
}

/** Whether the task is a signer's own: it is answered with 同意 or 不同意. */
export const isSigning = (task: Pick<UserTaskDetail, 'binding'>): boolean =>
  task.binding !== null && task.binding !== 'REWORK';

/** The delegation by which this person works on the task for another. */
export function delegationTo(task: Pick<UserTaskDetail, 'handovers'>, userId: string | undefined) {
  return task.handovers.find((each) => each.kind === 'DELEGATE' && each.state === 'OPEN' && each.toUser?.id === userId);
}

/** What 提交 means here. */
export function completeLabel(task: UserTaskDetail, userId: string | undefined): string {
  if (task.binding === 'REWORK') return '重新提交';
  if (delegationTo(task, userId)) return '办毕交回';
  return '提交';
}

/** What a delegate filled in, for the delegator to confirm; the latest counts. */
export function delegatedVariables(task: Pick<UserTaskDetail, 'handovers'>, userId: string | undefined) {
  const done = task.handovers.filter(
    (each) => each.kind === 'DELEGATE' && each.state === 'DONE' && each.variables && each.fromUser?.id === userId,
  );
  return done[done.length - 1] ?? null;
}

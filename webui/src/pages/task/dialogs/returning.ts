import type { ReturnPreview, ReturnTargets } from '../../../api/task-actions';
import type { UserTaskDetail } from '../../../api/types';
import { formatMoment } from '../../../format/dates';
import { nameOf, roleNames } from '../../../format/text';

/** The choice of the initiator beside the keys of steps. */
export const INITIATOR = 'INITIATOR';

interface TargetChoice {
  value: string;
  label: string;
  note?: string | undefined;
}

/** Where a task can go back to: the previous step first, then earlier ones, then the initiator. */
export function targetChoices(targets: ReturnTargets, initiator: string): TargetChoice[] {
  const ordered = [...targets.items].sort((a, b) => Number(b.previous) - Number(a.previous));
  const steps = ordered.map((step) => ({
    value: step.key,
    label: `${step.previous ? '上一步：' : ''}${step.name}`,
    note: step.whole
      ? '整个环节重新开始'
      : [nameOf(step.completedBy), step.completedAt && `${formatMoment(step.completedAt)} 办理`].filter(Boolean).join(' · '),
  }));
  if (!targets.initiator) return steps;
  return [...steps, { value: INITIATOR, label: `发起人：${initiator}`, note: '由发起人修改后重新提交' }];
}

export interface ReturnEffect {
  course: string;
  /** Beside the returned task itself: what others lose. */
  cancelled: string[];
}

/** What a return does, in words. */
export function effectOf(preview: ReturnPreview, task: Pick<UserTaskDetail, 'key' | 'name'>, direct: boolean): ReturnEffect {
  const tasks = preview.tasks
    .filter((each) => each.key !== task.key)
    .map((each) => {
      const holder = each.assignee?.name ?? (roleNames(each.candidateGroups).join('、') || '待认领');
      return `${each.name}（${holder}）`;
    });
  const elements = preview.elements.map((each) => each.name || each.elementId);
  const back = direct ? `直接送回“${task.name}”` : '再按流程逐步送达';
  const course = preview.mend
    ? `发起人修改申请内容，期间“${task.name}”暂停办理；重新提交后${direct ? back : '从头按流程办理'}。`
    : `“${task.name}”撤销，由原办理人重新办理，${back}。已填写的内容保留。`;
  return { course, cancelled: [...tasks, ...elements] };
}

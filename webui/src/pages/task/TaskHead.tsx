import type { UserTaskDetail } from '../../api/types';
import { DueLight } from '../../components/DueLight';
import { formatMoment } from '../../format/dates';
import { nameOf, roleNames } from '../../format/text';

function holderOf(task: UserTaskDetail): string {
  if (task.assignee) return task.assignee.name;
  const groups = roleNames(task.candidateGroups).join('、');
  return groups ? `待认领（${groups}）` : '待认领';
}

/** What the task is, whose case it belongs to, when it is due and who holds it. */
export function TaskHead({ task }: { task: UserTaskDetail }) {
  return (
    <header class="task-head">
      <div class="task-title">
        <h2>{task.name}</h2>
        <DueLight
          dueAt={task.dueAt}
          light={task.light}
          provisional={task.dueProvisional}
          remainingWorkingDays={task.remainingWorkingDays}
          dated
        />
      </div>
      <p class="task-case">{task.caseTitle}</p>
      <dl class="facts-line">
        <div>
          <dt>流程</dt>
          <dd>{task.procedureName}</dd>
        </div>
        <div>
          <dt>发起</dt>
          <dd>{nameOf(task.initiator)}</dd>
        </div>
        <div>
          <dt>办理人</dt>
          <dd>{holderOf(task)}</dd>
        </div>
        <div>
          <dt>{task.completedAt ? '办结' : '收到'}</dt>
          <dd>{formatMoment(task.completedAt ?? task.createdAt)}</dd>
        </div>
        {task.caseNumber && (
          <div>
            <dt>编号</dt>
            <dd>{task.caseNumber}</dd>
          </div>
        )}
      </dl>
    </header>
  );
}

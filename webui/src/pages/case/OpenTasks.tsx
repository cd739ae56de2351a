import { useState } from 'preact/hooks';
import type { UserTaskDetail } from '../../api/types';
import { DueLight } from '../../components/DueLight';
import { UrgeDialog } from '../../components/dialogs/UrgeDialog';
import { formatMoment } from '../../format/dates';
import { nameOf, roleNames } from '../../format/text';
import { showDone } from '../../state/notices';
import { linkTo } from '../../state/route';
import { SIGNER_STATES, SIGNING } from '../task/words';

const holderOf = (task: UserTaskDetail): string =>
  task.assignee?.name ?? `待认领（${roleNames(task.candidateGroups).join('、') || '—'}）`;

function standingOf(task: UserTaskDetail, mending: boolean): string[] {
  const delegated = task.handovers.find((each) => each.kind === 'DELEGATE' && each.state === 'OPEN');
  return [
    mending ? '已退回发起人，修改后重新提交' : '',
    task.held ? '已办理，等候加签人签完后生效' : '',
    delegated ? `${nameOf(delegated.fromUser)}委派` : '',
    task.returned ? `由${nameOf(task.returned.by)}退回` : '',
    task.votes ? `会签 ${task.votes.done}/${task.votes.total}` : '',
    task.urged ? `已催办 ${task.urged} 次` : '',
  ].filter(Boolean);
}

function Row({ task, mending, onUrge }: { task: UserTaskDetail; mending: boolean; onUrge: () => void }) {
  const told = standingOf(task, mending);
  const waiting = task.signers.filter((signer) => signer.state === 'OPEN' || signer.state === 'WAITING');
  return (
    <li class="open-task">
      <div>
        <p class="open-task-line">
          <a class="link" href={linkTo('todo', task.key)}>
            {task.name}
          </a>
          <span>{holderOf(task)}</span>
          <DueLight
            dueAt={task.dueAt}
            light={task.light}
            provisional={task.dueProvisional}
            remainingWorkingDays={task.remainingWorkingDays}
          />
        </p>
        <p class="muted">
          {formatMoment(task.createdAt)} 收到{told.length > 0 && ` · ${told.join(' · ')}`}
        </p>
        {waiting.map((signer) => (
          <p key={signer.key} class="muted">
            {SIGNING[signer.kind]}：{nameOf(signer.user)} <span class="tag">{SIGNER_STATES[signer.state]}</span>
          </p>
        ))}
      </div>
      {task.actions.includes('urge') && (
        <button type="button" class="button button-small" onClick={onUrge}>
          催办
        </button>
      )}
    </li>
  );
}

interface OpenTasksProps {
  tasks: UserTaskDetail[];
  /** Those that wait while the initiator mends the start form. */
  mending: ReadonlySet<string>;
  onChange: () => void;
}

/** 当前待办 of a case: who has what, since when, who is waited for; 催办 at each. */
export function OpenTasks({ tasks, mending, onChange }: OpenTasksProps) {
  const [urging, setUrging] = useState<UserTaskDetail | null>(null);
  return (
    <section class="sheet">
      <h2>当前待办</h2>
      {tasks.length ? (
        <ul class="plain-list">
          {tasks.map((task) => (
            <Row key={task.key} task={task} mending={mending.has(task.key)} onUrge={() => setUrging(task)} />
          ))}
        </ul>
      ) : (
        <p class="muted">目前没有人员待办，正在等候外部事件或者自动处理。</p>
      )}
      {urging && (
        <UrgeDialog
          taskKey={urging.key}
          about={`${urging.name}（${holderOf(urging)}）`}
          urged={urging.urged}
          onClose={() => setUrging(null)}
          onDone={(said) => {
            setUrging(null);
            showDone(said);
            onChange();
          }}
        />
      )}
    </section>
  );
}

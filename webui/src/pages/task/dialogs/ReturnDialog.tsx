import { useState } from 'preact/hooks';
import { taskActions, type ReturnPreview, type ReturnTargets, type ReturnWay } from '../../../api/task-actions';
import type { UserTaskDetail } from '../../../api/types';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { Choices, ReasonField, Tick, required } from '../../../components/dialogs/fields';
import { useAct } from '../../../components/dialogs/useAct';
import { Failure, Loaded, Waiting } from '../../../components/Loaded';
import { nameOf } from '../../../format/text';
import { useLoading, type Loading } from '../../../state/loading';
import { effectOf, INITIATOR, targetChoices } from './returning';
import type { TaskDialogProps } from './types';

const USUAL = ['材料不全，请补充后再报。', '内容有误，请修改。', '请按规定程序办理。'];

const wayTo = (target: string): ReturnWay => (target === INITIATOR ? { to: 'INITIATOR' } : { target });

function Effect({ preview, task, direct }: { preview: ReturnPreview; task: UserTaskDetail; direct: boolean }) {
  const effect = effectOf(preview, task, direct);
  return (
    <section class={`panel ${effect.cancelled.length ? 'panel-danger' : ''}`} aria-label="退回的影响">
      <h3>退回后</h3>
      <p>{effect.course}</p>
      {effect.cancelled.length > 0 && (
        <>
          <p>同时取消以下正在进行的工作：</p>
          <ul class="plain-list">
            {effect.cancelled.map((line, position) => (
              <li key={`${line}/${position}`}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface FormProps extends TaskDialogProps {
  targets: ReturnTargets;
}

function ReturnForm({ task, targets, onClose, onDone }: FormProps) {
  const choices = targetChoices(targets, nameOf(task.initiator));
  const [target, setTarget] = useState(choices[0]?.value ?? '');
  const [direct, setDirect] = useState(false);
  const [reason, setReason] = useState('');
  const act = useAct(['reason', 'target', 'direct']);
  const preview: Loading<ReturnPreview> = useLoading(() => taskActions.returnPreview(task.key, wayTo(target)), [target]);
  const shown = preview.value;
  const directPossible = targets.directAllowed && (shown?.directPossible ?? false);
  const straight = direct && directPossible;

  const submit = async () => {
    if (!shown) return;
    const cancels = shown.tasks.map((each) => each.key);
    const done = await act.run(
      (key) => taskActions.giveBack(task.key, { ...wayTo(target), reason: reason.trim(), direct: straight, cancels }, key),
      { reason: required(reason, '请写明退回的理由。') },
    );
    if (done) onDone(`“${task.name}”已退回。`, 'left');
    else preview.reload();
  };

  if (!choices.length) {
    return (
      <div class="dialog-body">
        <p>本步骤之前没有可以退回的步骤。</p>
      </div>
    );
  }
  return (
    <ActForm act={act} submit="确认退回" danger disabled={!shown} onSubmit={() => void submit()} onClose={onClose}>
      <Choices label="退回到" value={target} choices={choices} problem={act.problems.fields['target']} onChange={setTarget} />
      {preview.error !== undefined && <Failure error={preview.error} onRetry={preview.reload} />}
      {shown ? <Effect preview={shown} task={task} direct={straight} /> : preview.error === undefined && <Waiting />}
      {targets.directAllowed && (
        <Tick
          label="直达：对方重新办理后直接送回给我"
          note={directPossible ? '不再逐级送审' : '退回会同时取消其他工作，不能直达，重新办理后按流程逐步送达'}
          checked={straight}
          disabled={!directPossible}
          problem={act.problems.fields['direct']}
          onChange={setDirect}
        />
      )}
      <ReasonField label="退回理由" usual={USUAL} value={reason} problem={act.problems.fields['reason']} onChange={setReason} />
    </ActForm>
  );
}

/** 退回: to whom, what that cancels, why; shown before it is confirmed. */
export function ReturnDialog(props: TaskDialogProps) {
  const targets = useLoading(() => taskActions.returnTargets(props.task.key), [props.task.key]);
  return (
    <Dialog title="退回" about={`${props.task.name} · ${props.task.caseTitle}`} onClose={props.onClose}>
      <Loaded of={targets}>{(found) => <ReturnForm {...props} targets={found} />}</Loaded>
    </Dialog>
  );
}

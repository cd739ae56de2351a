import { useState } from 'preact/hooks';
import { taskActions } from '../../../api/task-actions';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Choices, ReasonField, required } from '../../../components/dialogs/fields';
import { Dialog } from '../../../components/dialogs/Dialog';
import { useAct } from '../../../components/dialogs/useAct';
import { nameOf } from '../../../format/text';
import { SIGNING } from '../words';
import type { TaskDialogProps } from './types';

/** 撤回: one's own completed task is open again, as long as nobody acted on what followed. */
export function WithdrawDialog({ task, onClose, onDone }: TaskDialogProps) {
  const [reason, setReason] = useState('');
  const act = useAct(['reason']);
  const submit = async () => {
    const done = await act.run((key) => taskActions.withdraw(task.key, reason.trim() || '撤回', key));
    if (done) onDone(`“${task.name}”已撤回，请在待办中重新办理。`, 'left');
  };
  return (
    <Dialog title="撤回" about={`${task.name} · ${task.caseTitle}`} onClose={onClose}>
      <ActForm act={act} submit="确认撤回" onSubmit={() => void submit()} onClose={onClose}>
        <p>撤回后本步骤重新成为您的待办，已送达下一步的待办随之取消。下一步有人办理后不能撤回。</p>
        <ReasonField
          usual={['填写有误，需要修改。', '需要补充材料。']}
          optional
          value={reason}
          problem={act.problems.fields['reason']}
          onChange={setReason}
        />
      </ActForm>
    </Dialog>
  );
}

/** 收回委派: the delegate need not do it any more. */
export function RecallDialog({ task, onClose, onDone }: TaskDialogProps) {
  const act = useAct([]);
  const delegate = task.handovers.find((each) => each.kind === 'DELEGATE' && each.state === 'OPEN');
  const submit = async () => {
    const done = await act.run((key) => taskActions.recallDelegation(task.key, key));
    if (done) onDone('委派已收回，请办理。', 'changed');
  };
  return (
    <Dialog title="收回委派" about={`${task.name} · ${task.caseTitle}`} onClose={onClose}>
      <ActForm act={act} submit="确认收回" onSubmit={() => void submit()} onClose={onClose}>
        <p>收回后由您本人办理，{nameOf(delegate?.toUser)}的待办随之取消，其尚未提交的内容不保留。</p>
      </ActForm>
    </Dialog>
  );
}

/** 减签: a signer who was asked is let go. */
export function RemoveSignerDialog({ task, onClose, onDone }: TaskDialogProps) {
  const left = task.signers.filter((signer) => signer.state === 'OPEN' || signer.state === 'WAITING');
  const [signer, setSigner] = useState(left[0]?.key ?? '');
  const [reason, setReason] = useState('');
  const act = useAct(['reason']);
  const submit = async () => {
    const done = await act.run((key) => taskActions.removeSigner(signer, reason.trim(), key), {
      reason: required(reason, '请写明减签的理由。'),
    });
    if (done) onDone('已减签。', 'changed');
  };
  return (
    <Dialog title="减签" about={`${task.name} · ${task.caseTitle}`} onClose={onClose}>
      <ActForm act={act} submit="确认减签" onSubmit={() => void submit()} onClose={onClose}>
        <Choices
          label="不再请谁签办"
          value={signer}
          choices={left.map((each) => ({
            value: each.key,
            label: nameOf(each.user),
            note: `${SIGNING[each.kind]}，由${nameOf(each.requestedBy)}提出：${each.reason}`,
          }))}
          onChange={setSigner}
        />
        <ReasonField
          usual={['出差，不再等候。', '已口头征得意见。']}
          value={reason}
          problem={act.problems.fields['reason']}
          onChange={setReason}
        />
      </ActForm>
    </Dialog>
  );
}

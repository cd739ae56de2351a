import { useState } from 'preact/hooks';
import { taskActions } from '../../../api/task-actions';
import type { Named } from '../../../api/types';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { ReasonField, required } from '../../../components/dialogs/fields';
import { PersonPicker } from '../../../components/dialogs/PersonPicker';
import { useAct } from '../../../components/dialogs/useAct';
import { user } from '../../../state/session';
import type { TaskDialogProps } from './types';

interface Kind {
  title: string;
  hint: string;
  send: typeof taskActions.transfer;
  usual: string[];
}

const TRANSFER: Kind = {
  title: '转办',
  hint: '转办后由对方办理，不再回到您这里。',
  send: taskActions.transfer,
  usual: ['请你科办理。', '因工作分工调整，请接办。'],
};

const DELEGATE: Kind = {
  title: '委派',
  hint: '对方办好后回到您这里，由您确认提交；期间可以收回。',
  send: taskActions.delegate,
  usual: ['请代为拟办。', '请先行核实有关情况。'],
};

function HandOver({ kind, task, onClose, onDone }: TaskDialogProps & { kind: Kind }) {
  const [chosen, setChosen] = useState<Named[]>([]);
  const [reason, setReason] = useState('');
  const act = useAct(['people', 'reason']);
  const [person] = chosen;
  const submit = async () => {
    const wrong = { people: person ? '' : '请选择一人。', reason: required(reason, `请写明${kind.title}的理由。`) };
    const done = await act.run((key) => kind.send(task.key, person?.id ?? '', reason.trim(), key), wrong);
    if (done) onDone(`已${kind.title}${person?.name ?? ''}。`, kind === DELEGATE ? 'changed' : 'left');
  };
  return (
    <Dialog title={kind.title} about={`${task.name} · ${task.caseTitle}`} onClose={onClose}>
      <ActForm act={act} submit={`确认${kind.title}`} onSubmit={() => void submit()} onClose={onClose}>
        <PersonPicker
          label={`${kind.title}给`}
          single
          chosen={chosen}
          without={[user.value?.id ?? '']}
          hint={kind.hint}
          problem={act.problems.fields['people']}
          onChange={setChosen}
        />
        <ReasonField usual={kind.usual} value={reason} problem={act.problems.fields['reason']} onChange={setReason} />
      </ActForm>
    </Dialog>
  );
}

/** 转办: the task is another person's. */
export const TransferDialog = (props: TaskDialogProps) => <HandOver {...props} kind={TRANSFER} />;

/** 委派: another does the work, and it comes back to be confirmed. */
export const DelegateDialog = (props: TaskDialogProps) => <HandOver {...props} kind={DELEGATE} />;

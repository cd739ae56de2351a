import { useState } from 'preact/hooks';
import { taskActions, type SigningKind } from '../../../api/task-actions';
import type { Named } from '../../../api/types';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { Choices, ReasonField, required } from '../../../components/dialogs/fields';
import { PersonPicker } from '../../../components/dialogs/PersonPicker';
import { useAct } from '../../../components/dialogs/useAct';
import { user } from '../../../state/session';
import { SIGNING } from '../words';
import type { TaskDialogProps } from './types';

const KINDS: ReadonlyArray<{ value: SigningKind; action: string; note: string }> = [
  { value: 'BEFORE', action: 'sign-before', note: '对方先签，签完后您再办理' },
  { value: 'AFTER', action: 'sign-after', note: '您先办理，对方签完后生效；对方不同意的，退回给您' },
  { value: 'PARALLEL', action: 'sign-parallel', note: '与您同时签，全部签完后生效' },
];

const ASSISTING = { value: 'ASSIST', action: 'assist', note: '对方提供协助意见，全部答复后生效' } as const;

interface SigningProps extends TaskDialogProps {
  title: string;
  kinds: typeof KINDS | readonly [typeof ASSISTING];
}

function Signing({ title, kinds, task, onClose, onDone }: SigningProps) {
  const offered = kinds.filter((kind) => task.actions.includes(kind.action));
  const [kind, setKind] = useState<SigningKind>(offered[0]?.value ?? 'BEFORE');
  const [chosen, setChosen] = useState<Named[]>([]);
  const [reason, setReason] = useState('');
  const act = useAct(['people', 'reason']);
  const asked = task.signers.filter((signer) => signer.state === 'OPEN' || signer.state === 'WAITING');
  const submit = async () => {
    const wrong = {
      people: chosen.length ? '' : '请至少选择一人。',
      reason: required(reason, `请写明${title}的事由。`),
    };
    const people = chosen.map((person) => person.id);
    const done = await act.run((key) => taskActions.addSigners(task.key, { kind, people, reason: reason.trim() }, key), wrong);
    if (done) onDone(`已请${chosen.map((person) => person.name).join('、')}${SIGNING[kind] ?? ''}。`, 'changed');
  };
  return (
    <Dialog title={title} about={`${task.name} · ${task.caseTitle}`} onClose={onClose}>
      <ActForm act={act} submit={`确认${title}`} onSubmit={() => void submit()} onClose={onClose}>
        {offered.length > 1 && (
          <Choices
            label="方式"
            value={kind}
            choices={offered.map(({ value, note }) => ({ value, label: SIGNING[value], note }))}
            onChange={setKind}
          />
        )}
        <PersonPicker
          label="人员"
          chosen={chosen}
          without={[user.value?.id ?? '', ...asked.map((signer) => signer.user?.id ?? '')]}
          hint={offered.length > 1 ? '可选多人' : offered[0]?.note}
          problem={act.problems.fields['people']}
          onChange={setChosen}
        />
        <ReasonField
          label="事由"
          usual={['请会签。', '请审核把关。', '请提供有关情况。']}
          value={reason}
          problem={act.problems.fields['reason']}
          onChange={setReason}
        />
      </ActForm>
    </Dialog>
  );
}

/** 加签: further people sign before, after or beside the assignee. */
export const SignersDialog = (props: TaskDialogProps) => <Signing {...props} title="加签" kinds={KINDS} />;

/** 协办: others help with their part. */
export const AssistDialog = (props: TaskDialogProps) => <Signing {...props} title="协办" kinds={[ASSISTING]} />;

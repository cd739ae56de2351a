import { CopyDialog } from '../../../components/dialogs/CopyDialog';
import { UrgeDialog } from '../../../components/dialogs/UrgeDialog';
import { roleNames } from '../../../format/text';
import type { DialogId } from '../taskActionList';
import { DelegateDialog, TransferDialog } from './HandOverDialog';
import { RecordDialog } from './RecordDialog';
import { ReturnDialog } from './ReturnDialog';
import { ScanDialog } from './ScanDialog';
import { AssistDialog, SignersDialog } from './SignersDialog';
import { RecallDialog, RemoveSignerDialog, WithdrawDialog } from './SmallDialogs';
import type { TaskDialogProps } from './types';

const DIALOGS = {
  return: ReturnDialog,
  transfer: TransferDialog,
  delegate: DelegateDialog,
  'recall-delegation': RecallDialog,
  sign: SignersDialog,
  assist: AssistDialog,
  'remove-signer': RemoveSignerDialog,
  record: RecordDialog,
  scan: ScanDialog,
  withdraw: WithdrawDialog,
} as const;

function Send({ kind, task, onClose, onDone }: TaskDialogProps & { kind: 'COPY' | 'CIRCULATE' }) {
  return (
    <CopyDialog
      caseKey={task.processInstanceKey}
      title={task.caseTitle}
      taskKey={task.key}
      kind={kind}
      onClose={onClose}
      onDone={(said) => onDone(said, 'changed')}
    />
  );
}

function Urge({ task, onClose, onDone }: TaskDialogProps) {
  const holder = task.assignee?.name ?? (roleNames(task.candidateGroups).join('、') || '待认领');
  return (
    <UrgeDialog
      taskKey={task.key}
      about={`${task.name}（${holder}）· ${task.caseTitle}`}
      urged={task.urged}
      onClose={onClose}
      onDone={(said) => onDone(said, 'changed')}
    />
  );
}

/** The dialog of an action of the bar. */
export function TaskDialog({ id, ...props }: TaskDialogProps & { id: DialogId }) {
  if (id === 'copy') return <Send {...props} kind="COPY" />;
  if (id === 'circulate') return <Send {...props} kind="CIRCULATE" />;
  if (id === 'urge') return <Urge {...props} />;
  const Chosen = DIALOGS[id];
  return <Chosen {...props} />;
}

import { useState } from 'preact/hooks';
import type { Acknowledged } from '../../../api/case-controls';
import type { UserTaskDetail } from '../../../api/types';
import { ControlsDialog } from '../../../components/controls/ControlsDialog';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { CodeField } from '../../../components/dialogs/CodeField';
import type { Act } from '../../../components/dialogs/useAct';
import type { Asking } from '../completion';

interface CompletionDialogsProps {
  task: UserTaskDetail;
  asking: Asking;
  act: Act;
  onControls: (answers: Acknowledged, missing: Record<string, string>) => void;
  onCode: (code: string) => void;
  onClose: () => void;
}

function CodeDialog({ task, act, onCode, onClose }: CompletionDialogsProps) {
  const [code, setCode] = useState('');
  const problem = act.problems.fields['code'];
  return (
    <Dialog title="二次验证" about={`${task.name} · ${task.caseTitle}`} onClose={onClose}>
      <ActForm act={act} submit="验证并提交" onSubmit={() => onCode(code)} onClose={onClose}>
        <p>本步骤须再次确认身份。请打开动态口令应用，输入当前显示的 6 位数字。</p>
        <CodeField value={code} problem={problem} onChange={setCode} />
      </ActForm>
    </Dialog>
  );
}

/** What is asked between pressing 提交 and sending: answers to controls, then the second factor. */
export function CompletionDialogs(props: CompletionDialogsProps) {
  const { task, asking, act, onControls, onClose } = props;
  if (asking.kind === 'code') return <CodeDialog {...props} />;
  return (
    <ControlsDialog
      about={`${task.name} · ${task.caseTitle}`}
      questions={asking.questions}
      act={act}
      submit={task.secondFactor ? '下一步' : '确认提交'}
      place={{ caseKey: task.processInstanceKey, taskKey: task.key, procedureId: task.procedureId }}
      onAnswer={onControls}
      onClose={onClose}
    />
  );
}

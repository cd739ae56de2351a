import { useState } from 'preact/hooks';
import { caseControls, type TaskControl } from '../../api/case-controls';
import type { Variables } from '../../api/types';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { user } from '../../state/session';
import { ActForm } from '../dialogs/ActForm';
import { Dialog } from '../dialogs/Dialog';
import { ReasonField, required } from '../dialogs/fields';
import { useAct } from '../dialogs/useAct';
import { ControlWords } from './ControlsDialog';
import { procedureDepartment } from './procedureDepartment';
import { mayOverride } from './questions';
import './controls.css';

interface OverridesProps {
  taskKey: string;
  taskName: string;
  procedureId: string;
  variables: Variables;
}

/** The controls of somebody else's task that this person may let pass. */
async function overridableNow({ taskKey, procedureId, variables }: OverridesProps): Promise<TaskControl[]> {
  const roles = user.value?.roles ?? [];
  const register = await caseControls.register();
  if (!register.items.some((control) => control.overridableBy.length)) return [];
  const department = await procedureDepartment(procedureId);
  const mine = register.items.filter((control) => mayOverride(control, department, roles)).map((control) => control.id);
  if (!mine.length) return [];
  const found = await caseControls.preview(taskKey, variables);
  return found.items.filter((control) => control.overridable && mine.includes(control.id));
}

function OverrideDialog({ control, taskKey, taskName, onClose, onDone }: {
  control: TaskControl;
  taskKey: string;
  taskName: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const [reason, setReason] = useState('');
  const act = useAct(['reason']);
  const submit = async () => {
    const done = await act.run((key) => caseControls.override(taskKey, control.id, reason.trim(), key), {
      reason: required(reason, '请写明批准例外的理由。'),
    });
    if (done) onDone();
  };
  return (
    <Dialog title="批准应急例外" about={taskName} onClose={onClose}>
      <ActForm act={act} submit="批准例外" danger onSubmit={() => void submit()} onClose={onClose}>
        <ControlWords control={control} />
        <p>仅对“{taskName}”本次办理有效，将记入历史并列入派驻纪检监察组的清单。</p>
        <ReasonField
          label="例外理由"
          usual={['情况紧急，先行办理，手续后补。']}
          value={reason}
          problem={act.problems.fields['reason']}
          onChange={setReason}
        />
      </ActForm>
    </Dialog>
  );
}

/** 应急例外: for the right person, the controls of a task that they may let pass for a reason. */
export function Overrides(props: OverridesProps) {
  const { taskKey, taskName } = props;
  const loading = useLoading(() => overridableNow(props), [taskKey, props.variables]);
  const [open, setOpen] = useState<TaskControl | null>(null);
  // A help for the few whom it concerns: where it can't be read, nothing is offered.
  const found = loading.value ?? [];
  if (!found.length) return null;
  return (
    <section class="panel overrides" aria-label="控制例外">
      <h3>控制例外（{taskName}）</h3>
      <ul class="plain-list">
        {found.map((control) => (
          <li key={control.id}>
            <ControlWords control={control} />
            {control.overridden ? (
              <p>
                <span class="tag tag-warning">已批准例外</span>
              </p>
            ) : (
              <p>
                <span class={control.hit ? 'tag tag-danger' : 'tag tag-good'}>{control.hit ? '目前不能通过' : '目前可以通过'}</span>{' '}
                <button type="button" class="button button-small" onClick={() => setOpen(control)}>
                  批准例外
                </button>
              </p>
            )}
          </li>
        ))}
      </ul>
      {open && (
        <OverrideDialog
          control={open}
          taskKey={taskKey}
          taskName={taskName}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null);
            showDone('已批准例外，办理人可以提交。');
            loading.reload();
          }}
        />
      )}
    </section>
  );
}

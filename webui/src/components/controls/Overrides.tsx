import { useState } from 'preact/hooks';
import { caseControls, type RegisteredControl } from '../../api/case-controls';
import { copies } from '../../api/correspondence';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { user } from '../../state/session';
import { ActForm } from '../dialogs/ActForm';
import { Dialog } from '../dialogs/Dialog';
import { ReasonField, required } from '../dialogs/fields';
import { useAct } from '../dialogs/useAct';
import { ControlWords } from './ControlsDialog';
import { procedureDepartment } from './procedureDepartment';
import { mayOverride, mayWatch, requestedIn } from './questions';
import './controls.css';

interface OverridesProps {
  caseKey: string;
  taskKey: string;
  taskName: string;
  elementId: string;
  procedureId: string;
}

interface Offered {
  /** Those for which this person was asked. */
  requested: RegisteredControl[];
  others: RegisteredControl[];
}

const NOTHING: Offered = { requested: [], others: [] };
const MOST = 200;

/** The controls of somebody else's task that this person may let pass, those they were asked for apart. */
async function offeredTo({ caseKey, procedureId, elementId }: OverridesProps): Promise<Offered> {
  const roles = user.value?.roles ?? [];
  const register = await caseControls.register();
  const overridable = register.items.filter(
    (control) => control.overridableBy.length > 0 && mayWatch(control, procedureId, elementId),
  );
  if (!overridable.length) return NOTHING;
  const department = await procedureDepartment(procedureId);
  const mine = overridable.filter((control) => mayOverride(control, department, roles));
  if (!mine.length) return NOTHING;
  const { items } = await copies.list('all', null, MOST);
  const asked = requestedIn(items.filter((copy) => copy.processInstanceKey === caseKey).map((copy) => copy.note));
  return {
    requested: mine.filter((control) => asked.includes(control.id)),
    others: mine.filter((control) => !asked.includes(control.id)),
  };
}

interface OverrideDialogProps extends OverridesProps {
  control: RegisteredControl;
  onClose: () => void;
  onDone: () => void;
}

function OverrideDialog({ control, taskKey, taskName, onClose, onDone }: OverrideDialogProps) {
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

function Controls({ controls, allowed, onOpen }: {
  controls: RegisteredControl[];
  allowed: ReadonlySet<string>;
  onOpen: (control: RegisteredControl) => void;
}) {
  return (
    <ul class="plain-list">
      {controls.map((control) => (
        <li key={control.id}>
          <ControlWords control={control} />
          {allowed.has(control.id) ? (
            <p>
              <span class="tag tag-warning">已批准例外</span>
            </p>
          ) : (
            <button type="button" class="button button-small" onClick={() => onOpen(control)}>
              批准例外
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** 应急例外: for the right person, the controls of somebody else's task that they may let pass for a reason. */
export function Overrides(props: OverridesProps) {
  const loading = useLoading(() => offeredTo(props), [props.taskKey]);
  const [open, setOpen] = useState<RegisteredControl | null>(null);
  const [allowed, setAllowed] = useState<ReadonlySet<string>>(new Set());
  // A help for the few whom it concerns: where it can't be read, nothing is offered.
  const { requested, others } = loading.value ?? NOTHING;
  if (!requested.length && !others.length) return null;
  return (
    <section class={requested.length ? 'panel panel-warning overrides' : 'panel overrides'} aria-label="控制例外">
      {requested.length > 0 && (
        <>
          <h3>请您批准控制例外（{props.taskName}）</h3>
          <Controls controls={requested} allowed={allowed} onOpen={setOpen} />
        </>
      )}
      {others.length > 0 && (
        <details>
          <summary>
            {requested.length ? '其他可以批准例外的控制' : `您可以批准例外的控制（${props.taskName}）`}：{others.length} 项
          </summary>
          <Controls controls={others} allowed={allowed} onOpen={setOpen} />
        </details>
      )}
      {open && (
        <OverrideDialog
          {...props}
          control={open}
          onClose={() => setOpen(null)}
          onDone={() => {
            setAllowed(new Set([...allowed, open.id]));
            setOpen(null);
            showDone('已批准例外，办理人可以提交。');
          }}
        />
      )}
    </section>
  );
}

import { useState } from 'preact/hooks';
import { interventions, type Intervention, type InterventionRequest } from '../../../api/correspondence';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { FieldFrame, ReasonField, required, Tick } from '../../../components/dialogs/fields';
import { useAct } from '../../../components/dialogs/useAct';
import type { ElementName } from '../../../diagram/names';
import { roleNames } from '../../../format/text';
import type { Standing } from '../openTasks';

interface InterventionDialogProps {
  caseKey: string;
  title: string;
  kind: Intervention['kind'];
  standing: Standing;
  onClose: () => void;
  onDone: (said: string) => void;
}

/** Kinds of elements to which nobody can jump, or at which nothing is to be done. */
const NO_TARGETS = ['开始', '边界事件'];

function targetsOf(standing: Standing): ElementName[] {
  return Array.from(standing.names.values()).filter((element) => !NO_TARGETS.includes(element.kind));
}

/** 申请跳转, 申请终止: asked of the procedure's owner; nothing happens before they agree. */
export function InterventionDialog({ caseKey, title, kind, standing, onClose, onDone }: InterventionDialogProps) {
  const [reason, setReason] = useState('');
  const [target, setTarget] = useState('');
  const [left, setLeft] = useState<string[]>(standing.running.length === 1 ? standing.running.map((each) => each.elementInstanceKey) : []);
  const act = useAct(['reason', 'target', 'terminate']);
  const { fields } = act.problems;
  const jump = kind === 'JUMP';
  const submit = async () => {
    const wrong = {
      ...(jump && {
        terminate: left.length ? '' : '请选择要离开的步骤。',
        target: target ? '' : '请选择跳转到哪一步骤。',
      }),
      reason: required(reason, '请写明理由。'),
    };
    const body: InterventionRequest = {
      kind,
      reason: reason.trim(),
      ...(jump && { elementId: target, terminate: left }),
    };
    let owners: string[] = [];
    const done = await act.run(async (key) => {
      ({ ownerGroups: owners } = await interventions.ask(caseKey, body, key));
    }, wrong);
    if (done) onDone(`申请已提交，由${roleNames(owners).join('、')}决定。`);
  };
  return (
    <Dialog title={jump ? '申请跳转' : '申请终止'} about={title} onClose={onClose}>
      <ActForm act={act} submit="提交申请" danger={!jump} onSubmit={() => void submit()} onClose={onClose}>
        <p class="muted">
          {jump
            ? '由流程主管批准后，离开所选步骤，从目标步骤继续办理；目标步骤的风险防控照常检查。'
            : '由流程主管批准后，事项立即终止，不再办理。办结归档的事项不能终止。'}
        </p>
        {jump && (
          <>
            <fieldset class="dialog-field choices" aria-invalid={Boolean(fields['terminate'])}>
              <legend class="dialog-label">离开的步骤</legend>
              {standing.running.map((element) => (
                <Tick
                  key={element.elementInstanceKey}
                  label={element.name}
                  note={element.kind}
                  checked={left.includes(element.elementInstanceKey)}
                  onChange={(checked) =>
                    setLeft(
                      checked
                        ? [...left, element.elementInstanceKey]
                        : left.filter((each) => each !== element.elementInstanceKey),
                    )
                  }
                />
              ))}
              {fields['terminate'] && (
                <p class="dialog-error" role="alert">
                  {fields['terminate']}
                </p>
              )}
            </fieldset>
            <FieldFrame id="jump-target" label="跳转到" problem={fields['target']}>
              <select
                id="jump-target"
                class="input"
                value={target}
                aria-invalid={Boolean(fields['target'])}
                onChange={(event) => setTarget(event.currentTarget.value)}
              >
                <option value="">请选择</option>
                {targetsOf(standing).map((element) => (
                  <option key={element.id} value={element.id}>
                    {element.name}（{element.kind}）
                  </option>
                ))}
              </select>
            </FieldFrame>
          </>
        )}
        <ReasonField value={reason} problem={fields['reason']} onChange={setReason} />
      </ActForm>
    </Dialog>
  );
}

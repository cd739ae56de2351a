import { useState } from 'preact/hooks';
import type { Acknowledged, TaskControl } from '../../api/case-controls';
import { ActForm } from '../dialogs/ActForm';
import { Dialog } from '../dialogs/Dialog';
import { TextField, Tick } from '../dialogs/fields';
import type { Act } from '../dialogs/useAct';
import { AskOverride } from './AskOverride';
import { unanswered, type Questions } from './questions';
import './controls.css';

interface ControlsDialogProps {
  about: string;
  questions: Questions;
  act: Act;
  submit: string;
  /** Where an exception can be asked for; absent at a start, which nobody can let pass. */
  place?: { caseKey: string; taskKey: string; procedureId: string };
  onAnswer: (answers: Acknowledged, missing: Record<string, string>) => void;
  onClose: () => void;
}

/** What is confirmed: the control's own words, which it gives as what is missing. */
export const attestation = (control: TaskControl): string => control.missing ?? '本人确认以上内容属实';

/** What a control is, in the duty list's own words, and what it missed. */
export function ControlWords({ control }: { control: Pick<TaskControl, 'id' | 'title' | 'words'> & Partial<TaskControl> }) {
  return (
    <>
      <p class="control-title">
        <b>{control.title}</b> <span class="muted">{control.id}</span>
      </p>
      {control.words && <blockquote class="control-words">{control.words}</blockquote>}
      {control.missing && control.strength !== 'ATTEST' && <p class="control-missing">{control.missing}</p>}
    </>
  );
}

/** Before a submission: what is refused and why, what wants a reason, what is to be confirmed. */
export function ControlsDialog({ about, questions, act, submit, place, onAnswer, onClose }: ControlsDialogProps) {
  const [answers, setAnswers] = useState<Acknowledged>({});
  const { blocked, warned, attested } = questions;
  const problems = act.problems.fields;
  const answer = (id: string, value: string | boolean) => {
    const { [id]: _former, ...others } = answers;
    setAnswers(value === false ? others : { ...others, [id]: value });
    act.clear(id);
  };
  const body = (
    <>
      {blocked.map((control) => (
        <section key={control.id} class="panel panel-danger" aria-label={`不能提交：${control.title}`}>
          <h3>不能提交</h3>
          <ControlWords control={control} />
          {control.overridable && place && <AskOverride control={control} place={place} />}
        </section>
      ))}
      {warned.map((control) => (
        <section key={control.id} class="panel panel-warning" aria-label={`须说明理由：${control.title}`}>
          <h3>须说明理由</h3>
          <ControlWords control={control} />
          {!blocked.length && (
            <TextField
              label="理由"
              rows={2}
              value={String(answers[control.id] ?? '')}
              problem={problems[control.id]}
              onChange={(reason) => answer(control.id, reason)}
            />
          )}
        </section>
      ))}
      {attested.map((control) => (
        <section key={control.id} class="panel" aria-label={`须确认：${control.title}`}>
          <ControlWords control={control} />
          {!blocked.length && (
            <Tick
              label={attestation(control)}
              checked={answers[control.id] === true}
              problem={problems[control.id]}
              onChange={(confirmed) => answer(control.id, confirmed)}
            />
          )}
        </section>
      ))}
    </>
  );
  return (
    <Dialog title={blocked.length ? '风险防控：不能提交' : '风险防控：提交前请确认'} about={about} onClose={onClose}>
      {blocked.length ? (
        <>
          <div class="dialog-body">{body}</div>
          <footer class="dialog-foot">
            <button type="button" class="button button-primary" onClick={onClose}>
              返回修改
            </button>
          </footer>
        </>
      ) : (
        <ActForm
          act={act}
          submit={submit}
          onSubmit={() => onAnswer(answers, unanswered(questions, answers))}
          onClose={onClose}
        >
          {body}
        </ActForm>
      )}
    </Dialog>
  );
}

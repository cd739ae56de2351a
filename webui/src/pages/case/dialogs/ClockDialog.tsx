import { useState } from 'preact/hooks';
import { caseClocks, type ClockDetail, type ClockOperation, type Supposed, type Supposition } from '../../../api/case-clocks';
import { messageOf } from '../../../api/errors';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { DateField, NumberField, ReasonField } from '../../../components/dialogs/fields';
import { useAct } from '../../../components/dialogs/useAct';
import { formatDate, formatDue, today } from '../../../format/dates';
import { useLoading } from '../../../state/loading';
import { bodyOf, missingIn, SPECS } from '../clockFields';
import { lengthWords, OPERATIONS, suppositionOf, UNITS, type OperationValues } from '../clockWords';

interface ClockDialogProps {
  caseKey: string;
  clock: ClockDetail;
  operation: ClockOperation;
  onClose: () => void;
  onDone: (said: string) => void;
}

function useSupposed(caseKey: string, clockId: string, supposition: Supposition | null) {
  return useLoading<Supposed | null>(
    () => (supposition ? caseClocks.suppose(caseKey, clockId, [supposition]) : Promise.resolve(null)),
    [supposition],
  );
}

/** What the operation would do to the due date, while it is being filled in. */
function Effect({ caseKey, clock, supposition }: { caseKey: string; clock: ClockDetail; supposition: Supposition }) {
  const { value, error } = useSupposed(caseKey, clock.id, supposition);
  return (
    <section class={error === undefined ? 'panel' : 'panel panel-danger'} aria-label="对到期日的影响" aria-live="polite">
      <h3>对到期日的影响</h3>
      {error !== undefined ? (
        <p>{messageOf(error)}</p>
      ) : (
        <p>
          {clock.dueAt ? formatDue(clock.dueAt) : '未定'} →{' '}
          <b>{value ? (value.dueAt ? formatDue(value.dueAt) : '中止期间不定，恢复后推算') : '正在推算……'}</b>
          {value?.provisional && <span class="tag tag-outline">暂算</span>}
        </p>
      )}
    </section>
  );
}

function extensionHint({ maxExtension, maxExtensions, extensions }: ClockDetail): string {
  const most = maxExtension ? `每次最长 ${lengthWords(maxExtension)}；` : '';
  return `${most}最多延长 ${maxExtensions} 次，已延长 ${extensions.length} 次。`;
}

/** 中止, 恢复, 延长, 重新起算, 终止, 更正起算日: with ground and paper, and the effect shown before. */
export function ClockDialog({ caseKey, clock, operation, onClose, onDone }: ClockDialogProps) {
  const spec = SPECS[operation];
  const unit = clock.maxExtension?.unit ?? clock.term.unit;
  const [values, setValues] = useState<OperationValues>({ day: today(Date.now()) });
  const act = useAct(['day', spec.dayName, 'amount', ...spec.texts.map((text) => text.name)]);
  const { fields } = act.problems;
  const set = (name: string) => (value: string) => setValues({ ...values, [name]: value });
  const supposition = suppositionOf(operation, values, unit);
  const word = OPERATIONS[operation];

  const submit = async () => {
    const body = bodyOf(operation, values, unit);
    const done = await act.run(
      (key) => caseClocks.operate(caseKey, clock.id, operation, body, key),
      missingIn(operation, values),
    );
    if (done) onDone(`“${clock.name}”已${word}。`);
  };

  return (
    <Dialog title={`${word}期限`} about={`${clock.name}（${lengthWords(clock.term)}）· 起算日 ${formatDate(clock.startedOn)}`} onClose={onClose}>
      <ActForm act={act} submit={`确认${word}`} danger={operation === 'stop'} onSubmit={() => void submit()} onClose={onClose}>
        <div class="dialog-columns">
          <DateField
            label={spec.day}
            value={values['day'] ?? ''}
            hint={spec.hint}
            problem={fields['day'] ?? fields[spec.dayName]}
            onChange={set('day')}
          />
          {operation === 'extension' && (
            <NumberField
              label={`延长（${UNITS[unit]}）`}
              value={values['amount'] ?? ''}
              hint={extensionHint(clock)}
              problem={fields['amount']}
              onChange={set('amount')}
            />
          )}
        </div>
        {supposition && <Effect caseKey={caseKey} clock={clock} supposition={supposition} />}
        {spec.texts.map(({ name, label, usual, rows }) => (
          <ReasonField
            key={name}
            label={label}
            usual={usual ?? []}
            rows={rows ?? 1}
            value={values[name] ?? ''}
            problem={fields[name]}
            onChange={set(name)}
          />
        ))}
      </ActForm>
    </Dialog>
  );
}

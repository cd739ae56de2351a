import { useState } from 'preact/hooks';
import { caseClocks, type ClockDetail, type Supposed, type Supposition } from '../../../api/case-clocks';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { DateField, NumberField } from '../../../components/dialogs/fields';
import { useAct } from '../../../components/dialogs/useAct';
import { formatDate, formatDue, today } from '../../../format/dates';
import { dueOf, lengthWords, recordDay, recordName, UNITS } from '../clockWords';
import { ProofTable } from '../ProofTable';
import { emptyStep, missingSteps, nextKinds, suppositionsOf, type Step, type StepKind } from '../whatIf';

interface WhatIfDialogProps {
  caseKey: string;
  clock: ClockDetail;
  onClose: () => void;
}

const KINDS: Record<StepKind, string> = { resumption: '恢复', suspension: '中止一段时间', extension: '延长', restart: '重新起算' };

const DAYS: Record<Exclude<StepKind, 'suspension'>, string> = {
  resumption: '不计的最后一日',
  extension: '决定之日',
  restart: '重新起算之日',
};

function StepFields({ step, unit, problems, onChange }: {
  step: Step;
  unit: string;
  problems: Record<string, string>;
  onChange: (step: Step) => void;
}) {
  const set = (name: keyof Step) => (value: string) => onChange({ ...step, [name]: value });
  if (step.kind === 'suspension') {
    return (
      <div class="dialog-columns">
        <DateField label="自哪日起不计" value={step.from} problem={problems['from']} onChange={set('from')} />
        <DateField label="至哪日不计" hint="留空：一直中止" value={step.to} problem={problems['to']} onChange={set('to')} />
      </div>
    );
  }
  return (
    <div class="dialog-columns">
      <DateField
        label={DAYS[step.kind]}
        value={step.from}
        problem={problems['from']}
        onChange={set('from')}
      />
      {step.kind === 'extension' && (
        <NumberField label={`延长（${unit}）`} value={step.amount} problem={problems['amount']} onChange={set('amount')} />
      )}
    </div>
  );
}

function Outcome({ clock, supposed }: { clock: ClockDetail; supposed: Supposed }) {
  return (
    <section class="panel" aria-label="试算结果">
      <h3>试算结果</h3>
      <p class="what-if-due">
        到期日 {clock.dueAt ? formatDue(clock.dueAt) : '未定'} →{' '}
        <b>{supposed.dueAt ? formatDue(supposed.dueAt) : '未定（仍在中止）'}</b>
        {supposed.provisional && <span class="tag tag-outline">暂算</span>}
      </p>
      <ol class="plain-list">
        {supposed.steps.map((step, position) => (
          <li key={position}>
            {position + 1}. {recordName(step)}（{recordDay(step)}）：{dueOf(step, 'old')} → {dueOf(step, 'new')}
          </li>
        ))}
      </ol>
      {supposed.days.length > 0 && <ProofTable days={supposed.days} provisional={supposed.provisional} />}
    </section>
  );
}

/** 试算: what if it had been suspended from then to then; nothing is changed. */
export function WhatIfDialog({ caseKey, clock, onClose }: WhatIfDialogProps) {
  const unit = clock.maxExtension?.unit ?? clock.term.unit;
  const suspended = clock.state === 'suspended';
  const [steps, setSteps] = useState<Step[]>([
    { ...emptyStep(suspended ? 'resumption' : 'suspension'), from: today(Date.now()) },
  ]);
  const [problems, setProblems] = useState<Array<Record<string, string>>>([]);
  const [supposed, setSupposed] = useState<Supposed | null>(null);
  const act = useAct([]);
  const change = (position: number, step: Step | null) => {
    setSupposed(null);
    setProblems([]);
    setSteps(steps.flatMap((each, at) => (at !== position ? [each] : step ? [step] : [])));
  };
  const reckon = async () => {
    const missing = missingSteps(steps);
    setProblems(missing);
    if (missing.some((each) => Object.keys(each).length)) return;
    const operations: Supposition[] = suppositionsOf(steps, unit);
    await act.run(async () => setSupposed(await caseClocks.suppose(caseKey, clock.id, operations)));
  };
  return (
    <Dialog
      wide
      title="试算"
      about={`${clock.name}（${lengthWords(clock.term)}）· 起算日 ${formatDate(clock.startedOn)} · 只作推算，不改变期限`}
      onClose={onClose}
    >
      <ActForm act={act} submit="试算" cancel="关闭" disabled={!steps.length} onSubmit={() => void reckon()} onClose={onClose}>
        {steps.map((step, position) => (
          <fieldset key={position} class="panel what-if-step">
            <legend>
              假如{position > 0 ? '再' : ''}
              {KINDS[step.kind]}
            </legend>
            <StepFields
              step={step}
              unit={UNITS[unit]}
              problems={problems[position] ?? {}}
              onChange={(next) => change(position, next)}
            />
            {steps.length > 1 && (
              <button type="button" class="link" onClick={() => change(position, null)}>
                去掉这一步
              </button>
            )}
          </fieldset>
        ))}
        <div class="what-if-add" role="group" aria-label="再加一步">
          <span class="muted">再加一步：</span>
          {nextKinds(steps, suspended).map((kind) => (
            <button
              key={kind}
              type="button"
              class="button button-small"
              onClick={() => {
                setSupposed(null);
                setSteps([...steps, emptyStep(kind)]);
              }}
            >
              {KINDS[kind]}
            </button>
          ))}
        </div>
        {supposed && <Outcome clock={clock} supposed={supposed} />}
      </ActForm>
    </Dialog>
  );
}

import type { Supposition, Unit } from '../../api/case-clocks';

/** A step of a what-if, as people think of it: a suspension has both its ends. */
export type StepKind = 'resumption' | 'suspension' | 'extension' | 'restart';

export interface Step {
  kind: StepKind;
  from: string;
  /** The last day that does not count; empty for one that lasts. */
  to: string;
  amount: string;
}

export const emptyStep = (kind: StepKind): Step => ({ kind, from: '', to: '', amount: '' });

/** What each step still lacks, in words, by field. */
export function missingSteps(steps: readonly Step[]): Array<Record<string, string>> {
  return steps.map((step, position) => {
    const missing: Record<string, string> = {};
    if (!step.from) missing['from'] = '请选择日期。';
    if (step.kind === 'suspension' && step.to && step.to < step.from) missing['to'] = '不能早于开始的日期。';
    const next = steps[position + 1];
    if (step.kind === 'suspension' && !step.to && next && next.kind !== 'resumption') {
      missing['to'] = '后面还有步骤，请写明至哪日。';
    }
    if (step.kind === 'extension' && !/^[1-9]\d*$/.test(step.amount)) missing['amount'] = '请填写正整数。';
    return missing;
  });
}

function operationsOf(step: Step, unit: Unit): Supposition[] {
  if (step.kind === 'resumption') return [{ operation: 'resume', last_day: step.from }];
  if (step.kind === 'restart') return [{ operation: 'restart', effective_date: step.from }];
  if (step.kind === 'extension') {
    return [{ operation: 'extend', decided_on: step.from, by: { amount: Number(step.amount), unit } }];
  }
  const suspended: Supposition = { operation: 'suspend', first_day: step.from };
  return step.to ? [suspended, { operation: 'resume', last_day: step.to }] : [suspended];
}

/** The steps as the server's operations. */
export function suppositionsOf(steps: readonly Step[], unit: Unit): Supposition[] {
  return steps.flatMap((step) => operationsOf(step, unit));
}

/** Which steps can come next: a clock that stands still has to be resumed first. */
export function nextKinds(steps: readonly Step[], suspended: boolean): StepKind[] {
  const last = steps[steps.length - 1];
  const still = last ? last.kind === 'suspension' && !last.to : suspended;
  return still ? ['resumption'] : ['suspension', 'extension', 'restart'];
}

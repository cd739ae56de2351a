import type { ClockDetail, ClockOperation, ClockRecord, Length, Supposition, Unit } from '../../api/case-clocks';
import { formatDate, formatDue } from '../../format/dates';

export const UNITS: Record<Unit, string> = {
  working_day: '个工作日',
  day: '日',
  hour: '小时',
  minute: '分钟',
  month: '个月',
  year: '年',
};

export const lengthWords = ({ amount, unit }: Length): string => `${amount}${UNITS[unit]}`;

const RECORDS: Record<string, string> = {
  start: '起算',
  suspend: '中止',
  resume: '恢复',
  extend: '延长',
  restart: '重新起算',
  stop: '终止',
  recompute: '按新日历重算',
};

export const recordName = (record: ClockRecord): string => RECORDS[record.operation] ?? record.operation;

/** On which day an operation took effect. */
export function recordDay(record: ClockRecord): string {
  const day = record.first_day ?? record.last_day ?? record.decided_on ?? record.effective_date ?? record.at;
  return formatDate(day);
}

/** Why, on what paper, by whom approved. */
export function recordGrounds(record: ClockRecord): string {
  const parts = [
    record.by && `延长${lengthWords(record.by)}`,
    record.ground,
    record.reason,
    record.approver && `批准人：${record.approver}`,
    record.paper && `文书：${record.paper}`,
    record.evidence && `依据：${record.evidence}`,
  ];
  return parts.filter(Boolean).join('；') || '—';
}

/** A due date before or after an operation; none while a clock stands still. */
export function dueOf(record: ClockRecord, which: 'old' | 'new'): string {
  const at = which === 'old' ? record.old_due_at : record.new_due_at;
  const day = which === 'old' ? record.old_due : record.new_due;
  if (at) return formatDue(at);
  return day ?? '未定';
}

export const OPERATIONS: Record<ClockOperation, string> = {
  suspension: '中止',
  resumption: '恢复',
  extension: '延长',
  restart: '重新起算',
  stop: '终止',
  'start-correction': '更正起算日',
};

/** What can be done to a clock as it stands: the rest the rules refuse anyway. */
export function operationsFor(clock: Pick<ClockDetail, 'state' | 'term' | 'maxExtensions' | 'extensions'>): ClockOperation[] {
  if (clock.state === 'stopped') return [];
  const backward = clock.term.direction === 'backward';
  const extendable = !backward && clock.extensions.length < clock.maxExtensions;
  const running = clock.state === 'running';
  return [
    ...(running && !backward ? (['suspension'] as const) : []),
    ...(running ? [] : (['resumption'] as const)),
    ...(extendable ? (['extension'] as const) : []),
    'restart',
    'stop',
    'start-correction',
  ];
}

/** What an operation asks for: the values of its dialog. */
export type OperationValues = Record<string, string>;

/** The operation as a supposition, so that its effect can be shown before it is carried out; null while it is incomplete. */
export function suppositionOf(operation: ClockOperation, values: OperationValues, unit: Unit): Supposition | null {
  const { day } = values;
  if (!day) return null;
  const amount = Number(values['amount']);
  switch (operation) {
    case 'suspension':
      return { operation: 'suspend', first_day: day };
    case 'resumption':
      return { operation: 'resume', last_day: day };
    case 'extension':
      return Number.isInteger(amount) && amount > 0 ? { operation: 'extend', decided_on: day, by: { amount, unit } } : null;
    case 'restart':
      return { operation: 'restart', effective_date: day };
    default:
      // A stopped clock keeps its date, and a correction can't be supposed.
      return null;
  }
}

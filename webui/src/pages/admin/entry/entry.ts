import type { Json, ProcedureDepartment, Variables } from '../../../api/types';
import type { RunningClock } from './EnteredClocks';

export interface Entry {
  elements: string[];
  initiator: string;
  beganOn: string;
  title: string;
  caseNumber: string;
  reason: string;
  more: string;
  clocks: Record<string, RunningClock>;
}

/** The procedures of which a case on paper can be: parts that others call are none; a stopped one still has old cases. */
export function enterable(departments: readonly ProcedureDepartment[]): Array<{ value: string; label: string }> {
  return departments.flatMap((department) =>
    department.procedures
      .filter((procedure) => procedure.startable || procedure.badges.includes('停用'))
      .map((procedure) => ({ value: procedure.id, label: `${department.name}：${procedure.name}` })),
  );
}

/** What is typed as further data: an object of variables, or words that say why it is none. */
export function readMore(text: string): { variables: Variables } | { problem: string } {
  if (!text.trim()) return { variables: {} };
  try {
    const value = JSON.parse(text) as Json;
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return { variables: value };
  } catch {
    // Told below: for people it is the same whether it is no JSON or no object.
  }
  return { problem: '应为 JSON 对象，如 {"amount": 20000}。' };
}

const isPast = (day: string, today: string) => /^\d{4}-\d{2}-\d{2}$/.test(day) && day <= today;

/** What is wrong with an entry, by field; empty when nothing is. */
export function entryProblems(entry: Entry, today: string): Record<string, string> {
  const read = readMore(entry.more);
  const found: Record<string, string> = {
    elements: entry.elements.length ? '' : '请选择案件所在的环节。',
    initiator: entry.initiator ? '' : '请选择当时的发起人。',
    beganOn: isPast(entry.beganOn, today) ? '' : '请填写今天或以前的日期。',
    reason: entry.reason.trim() ? '' : '请说明录入的依据。',
    more: 'problem' in read ? read.problem : '',
  };
  for (const [id, clock] of Object.entries(entry.clocks)) {
    found[`${id} startedOn`] = isPast(clock.startedOn, today) ? '' : '请填写今天或以前的日期。';
    found[`${id} evidence`] = clock.evidence.trim() ? '' : '请写明证明材料。';
  }
  return Object.fromEntries(Object.entries(found).filter(([, words]) => words));
}

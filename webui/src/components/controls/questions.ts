import type { Acknowledged, RegisteredControl, TaskControl } from '../../api/case-controls';
import { ApiError } from '../../api/errors';
import type { Role } from '../../api/people';

/** Refusals whose details name the controls. */
const REFUSALS = ['controls.blocked', 'controls.answer-needed'];

/** What controls ask of the one who acts: blocks that stand, warnings that want a reason, confirmations. */
export interface Questions {
  blocked: TaskControl[];
  warned: TaskControl[];
  attested: TaskControl[];
}

/** Sorts what controls found; null when nothing stands in the way and nothing is asked. */
export function questionsOf(found: readonly TaskControl[]): Questions | null {
  const hit = found.filter((control) => control.hit && !control.overridden);
  const questions = {
    blocked: hit.filter((control) => control.strength === 'BLOCK'),
    warned: hit.filter((control) => control.needs === 'reason'),
    attested: hit.filter((control) => control.needs === 'confirmation'),
  };
  const asked = questions.blocked.length + questions.warned.length + questions.attested.length;
  return asked ? questions : null;
}

/** The controls that a refusal names, as questions; null for any other refusal. */
export function questionsIn(error: unknown): Questions | null {
  if (!(error instanceof ApiError) || !REFUSALS.includes(error.code)) return null;
  const controls = error.details['controls'];
  return Array.isArray(controls) ? questionsOf(controls as TaskControl[]) : null;
}

/** What is still to be said, by control; empty when all is answered. */
export function unanswered({ warned, attested }: Questions, answers: Acknowledged): Record<string, string> {
  const missing: Record<string, string> = {};
  for (const control of warned) {
    const reason = answers[control.id];
    if (typeof reason !== 'string' || !reason.trim()) missing[control.id] = '请写明理由。';
  }
  for (const control of attested) {
    if (answers[control.id] !== true) missing[control.id] = '请确认后再提交。';
  }
  return missing;
}

/** A role of the register in a department: `分管负责人@{department}` is `分管负责人@bgs` for a case of the office. */
export function rolesIn(department: string | null, roles: readonly string[]): string[] {
  return roles.map((role) => role.replace('{department}', department ?? ''));
}

/** Whether somebody with these roles may override a control in a case of a department. */
export function mayOverride(
  control: Pick<RegisteredControl, 'overridableBy'>,
  department: string | null,
  roles: readonly string[],
): boolean {
  return rolesIn(department, control.overridableBy).some((role) => roles.includes(role));
}

/** A pattern of the register: `*` stands for anything. */
export function matchesPattern(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

/** Whether a control may watch an element of a procedure; one that goes by duties may watch any. */
export function mayWatch(
  control: Pick<RegisteredControl, 'procedures' | 'elements'>,
  procedureId: string,
  elementId: string,
): boolean {
  const elements = control.elements ?? [];
  return (
    control.procedures.some((pattern) => matchesPattern(pattern, procedureId)) &&
    (!elements.length || elements.some((pattern) => matchesPattern(pattern, elementId)))
  );
}

/** What is written to the person who is asked to let a control pass. */
export const requestNote = (control: Pick<TaskControl, 'id' | 'title'>): string =>
  `请审批控制例外：${control.title}（${control.id}）`;

/** The controls for which a note asks an exception. */
export function requestedIn(notes: ReadonlyArray<string | null>): string[] {
  return notes.flatMap((note) => /^请审批控制例外：.*（([^（）]+)）$/.exec(note ?? '')?.[1] ?? []);
}

/** Who holds one of these roles, each once. */
export function holdersOf(wanted: readonly string[], roles: readonly Role[]): Role['holders'] {
  const holders = new Map<string, Role['holders'][number]>();
  for (const role of roles) {
    if (wanted.includes(role.name)) for (const person of role.holders) holders.set(person.id, person);
  }
  return Array.from(holders.values());
}

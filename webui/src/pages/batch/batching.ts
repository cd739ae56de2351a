import type { FormDefinition, FormSchema, UserTaskDetail, Variables } from '../../api/types';

/** Tasks that can be done alike: of one form, or without one. */
export interface BatchGroup {
  id: string;
  label: string;
  form: FormDefinition | null;
  tasks: UserTaskDetail[];
  /** What all of them have in common: the form opens with it. */
  given: Variables;
}

export interface Batch {
  groups: BatchGroup[];
  refused: Array<{ task: UserTaskDetail; why: string }>;
}

interface Component {
  type?: unknown;
  key?: unknown;
  readonly?: unknown;
  components?: unknown;
}

/** Whether files are to be uploaded in a form: one file belongs to one case. */
function picksFiles(components: unknown): boolean {
  if (!Array.isArray(components)) return false;
  return (components as Component[]).some(
    (component) => (component.type === 'filepicker' && component.readonly !== true) || picksFiles(component.components),
  );
}

/** Why a task can't be done together with others; empty when it can. */
export function obstacleTo(task: UserTaskDetail): string {
  if (task.state !== 'CREATED') return '已经办结或者取消';
  if (task.held) return '已办理，正在等候加签人';
  if (task.signers.some((signer) => signer.kind === 'BEFORE' && signer.state === 'OPEN')) return '正在等候前加签人';
  if (!task.actions.includes('complete')) return '目前不由您办理，或者在等候他人';
  if (task.secondFactor) return '须二次验证，请逐件办理';
  if (task.form && picksFiles(task.form.schema.components)) return '须逐件上传附件';
  if (!task.actions.includes('batch')) return '此类事项不允许批量办理，请逐件办理';
  return '';
}

/** The variables that are the same in all. */
export function commonVariables(tasks: readonly UserTaskDetail[]): Variables {
  const [first, ...others] = tasks;
  if (!first) return {};
  const same = Object.entries(first.variables).filter(([name, value]) => {
    const written = JSON.stringify(value);
    return others.every((task) => JSON.stringify(task.variables[name]) === written);
  });
  return Object.fromEntries(same);
}

function editable(components: unknown): Component[] {
  if (!Array.isArray(components)) return [];
  return (components as Component[]).flatMap((component) => {
    if (Array.isArray(component.components)) {
      const inner = editable(component.components);
      return inner.length ? [{ ...component, components: inner }] : [];
    }
    return component.key && component.readonly !== true ? [component] : [];
  });
}

/** A form with only what is to be filled in: what it shows differs from case to case. */
export function editableOnly(schema: FormSchema): FormSchema {
  return { ...schema, components: editable(schema.components) };
}

/** Sorts tasks into those that are done alike and those that can't be done together. */
export function batchOf(tasks: readonly UserTaskDetail[]): Batch {
  const refused = tasks.map((task) => ({ task, why: obstacleTo(task) })).filter(({ why }) => why);
  const groups = new Map<string, UserTaskDetail[]>();
  for (const task of tasks.filter((each) => !obstacleTo(each))) {
    const id = task.form ? `${task.form.id}/${task.form.version ?? ''}/${task.elementId}` : `-/${task.procedureId}/${task.elementId}`;
    groups.set(id, [...(groups.get(id) ?? []), task]);
  }
  return {
    refused,
    groups: Array.from(groups, ([id, members]) => ({
      id,
      label: `${members[0]?.procedureName ?? ''} · ${members[0]?.name ?? ''}`,
      form: members[0]?.form ?? null,
      tasks: members,
      given: commonVariables(members),
    })),
  };
}

import type { FormSchema, Json, UserTaskDetail, Variables } from '../../api/types';

/** A field in which departments are chosen: who leads, or several who assist. */
export interface DispatchField {
  key: string;
  label: string;
  several: boolean;
  /** The departments that can be chosen in it. */
  offered: string[];
}

interface Component {
  type?: unknown;
  key?: unknown;
  label?: unknown;
  readonly?: unknown;
  values?: unknown;
  valuesExpression?: unknown;
  valuesKey?: unknown;
  components?: unknown;
}

const SINGLE = ['select', 'radio'];
const SEVERAL = ['taglist', 'checklist'];
/** How many names of departments make a choice one of departments. */
const ENOUGH = 5;
const DEPARTMENT = /^[a-z]{2,4}$/;

function valuesOf(list: Json | unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: unknown) => {
    const value = typeof each === 'object' && each !== null ? (each as { value?: unknown }).value : each;
    return typeof value === 'string' ? [value] : [];
  });
}

/** What a choice offers: its own values, or those of the variable that it names. */
function offeredBy(component: Component, variables: Variables): string[] {
  if (component.values) return valuesOf(component.values);
  const source = String(component.valuesExpression ?? component.valuesKey ?? '').replace(/^=/, '').trim();
  return valuesOf(variables[source]);
}

function* fieldsOf(parent: { components?: unknown }): Generator<Component> {
  if (!Array.isArray(parent.components)) return;
  for (const component of parent.components as Component[]) {
    // A row's field can't be filled from outside: which row would be meant?
    if (component.type !== 'dynamiclist') yield* fieldsOf(component);
    if (component.key) yield component;
  }
}

/** The fields of a form in which departments are chosen: that is a task that dispatches. */
export function dispatchFields(schema: FormSchema | undefined, variables: Variables): DispatchField[] {
  if (!schema) return [];
  const found: DispatchField[] = [];
  for (const component of fieldsOf(schema)) {
    const type = String(component.type);
    if (component.readonly === true || ![...SINGLE, ...SEVERAL].includes(type)) continue;
    const offered = offeredBy(component, variables);
    if (offered.filter((value) => DEPARTMENT.test(value)).length < ENOUGH) continue;
    found.push({ key: String(component.key), label: String(component.label ?? ''), several: SEVERAL.includes(type), offered });
  }
  return found;
}

const MOST = 300;
/** Variables that say what it is about; who sent it, how and when would only mislead. */
const ABOUT = /title|subject|matter|content|request|question|item|information/i;

/** What is to be dispatched: the case's title and the texts that say what it is about. */
export function matterOf(task: Pick<UserTaskDetail, 'caseTitle' | 'variables'>): string {
  const texts = Object.entries(task.variables).flatMap(([name, value]) =>
    typeof value === 'string' && ABOUT.test(name) && !task.caseTitle.includes(value) ? [value] : [],
  );
  return [task.caseTitle, ...texts].join(' ').slice(0, MOST);
}

/** Of the departments that a suggestion names, those that can be chosen in a field. */
export const allowedIn = (field: DispatchField, ids: string[]) => ids.filter((id) => field.offered.includes(id));

/** What is said after a suggestion was taken up; a field may only appear once another has been filled in. */
export function filledWords(field: DispatchField, allowed: string[], done: boolean): string {
  if (!allowed.length) return `“${field.label}”没有这个选项，请自行选择。`;
  return done ? `已填入“${field.label}”。` : `“${field.label}”还没有出现，请先填写它前面的选项（如办理方式），再填入。`;
}

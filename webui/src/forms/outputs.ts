import type { FormSchema, Json, Variables } from '../api/types';

/**
 * What a form sends: what people wrote in it. The viewer also gives back fields that are only shown,
 * and an empty text for every field that nobody touched; sent as they are, these would turn
 * variables that do not exist into empty texts, which rules tell apart.
 */

interface Component {
  type?: unknown;
  key?: unknown;
  path?: unknown;
  readonly?: unknown;
  components?: unknown;
}

type Values = { [name: string]: Json };

const asObject = (value: Json | undefined): Values | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;

const isEmpty = (value: Json | undefined) => value === undefined || value === null || value === '';

function componentsOf(parent: { components?: unknown }): Component[] {
  return Array.isArray(parent.components) ? (parent.components as Component[]) : [];
}

/** Takes a value out, and the objects around it that are left empty. */
function remove(values: Values, [head, ...tail]: string[]): void {
  if (head === undefined) return;
  const inner = asObject(values[head]);
  if (tail.length && inner) {
    remove(inner, tail);
    if (Object.keys(inner).length) return;
  }
  if (!tail.length || inner) delete values[head];
}

function read(values: Values, path: string[]): Json | undefined {
  let value: Json | undefined = values;
  for (const part of path) value = asObject(value)?.[part];
  return value;
}

function pruneField(component: Component, base: string[], values: Values, given: Values): void {
  const path = [...base, ...String(component.key).split('.')];
  const untouched = isEmpty(read(values, path)) && isEmpty(read(given, path));
  if (component.readonly === true || untouched) remove(values, path);
}

/** Rows replace those before them as a whole: only what is empty is left out, what is just shown is not. */
function pruneRows(path: string[], values: Values): void {
  const rows = read(values, path);
  if (!Array.isArray(rows)) return;
  for (const row of rows) {
    const fields = asObject(row);
    for (const [name, value] of Object.entries(fields ?? {})) {
      if (fields && isEmpty(value)) delete fields[name];
    }
  }
}

function prune(parent: { components?: unknown }, base: string[], values: Values, given: Values): void {
  for (const component of componentsOf(parent)) {
    const path = component.path ? [...base, ...String(component.path).split('.')] : base;
    if (component.type === 'dynamiclist') pruneRows(path, values);
    else if (component.components) prune(component, path, values, given);
    else if (component.key) pruneField(component, base, values, given);
  }
}

/** The submitted values without what was only shown or never touched; `given` is what the form opened with. */
export function outputsOf(schema: FormSchema, submitted: Variables, given: Variables): Variables {
  const values = JSON.parse(JSON.stringify(submitted)) as Variables;
  prune(schema, [], values, given);
  return values;
}

/** Lays values over others, object by object; rows and plain values replace what stands there. */
function laidOver(below: Values, above: Values): Values {
  const whole: Values = { ...below };
  for (const [name, value] of Object.entries(above)) {
    const [lower, upper] = [asObject(below[name]), asObject(value)];
    whole[name] = lower && upper ? laidOver(lower, upper) : value;
  }
  return whole;
}

/** What a form opens with: the variables as they are now, and over them what was written before; fields that are only shown follow the variables. */
export function openedWith(schema: FormSchema, given: Variables, draft: Variables | null | undefined): Variables {
  return draft ? laidOver(given, outputsOf(schema, draft, given)) : given;
}

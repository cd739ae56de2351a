import type { Json, Replay, ReplayEvent, ReplayStep } from '../api/types';

/**
 * Replay is a fold: the state of a case after step i is all events up to i applied in order.
 * Nothing here knows a diagram or the page.
 */

export interface ActiveElement {
  elementInstanceKey: string;
  elementId: string;
  processInstanceKey: string;
}

export interface VariableChange {
  scopeKey: string;
  name: string;
  /** `undefined` when the variable did not exist before. */
  old: Json | undefined;
  new: Json;
}

/** Visits and flows of one process instance, by element id. */
export interface Trail {
  visits: Map<string, number>;
  taken: Map<string, number>;
  terminated: Set<string>;
}

export interface CaseState {
  active: Map<string, ActiveElement>;
  trails: Map<string, Trail>;
  incidents: Map<string, ActiveElement>;
  variables: Map<string, Map<string, Json>>;
  /** What the last folded step changed and which flows it took, in order. */
  lastChanges: VariableChange[];
  lastFlows: Array<{ processInstanceKey: string; flowId: string }>;
}

/** A body of a multi-instance is not one more visit of its element. */
const BODY = 'MULTI_INSTANCE_BODY';

/** `ElementActivated`, `element-activated` and `ELEMENT_ACTIVATED` are one type. */
function typeOf(event: ReplayEvent): string {
  return event.type.replace(/[^A-Za-z]/g, '').toLowerCase();
}

function initialState(): CaseState {
  return {
    active: new Map(),
    trails: new Map(),
    incidents: new Map(),
    variables: new Map(),
    lastChanges: [],
    lastFlows: [],
  };
}

function trailOf(state: CaseState, processInstanceKey: string): Trail {
  const known = state.trails.get(processInstanceKey);
  if (known) return known;
  const trail: Trail = { visits: new Map(), taken: new Map(), terminated: new Set() };
  state.trails.set(processInstanceKey, trail);
  return trail;
}

const increment = (counts: Map<string, number>, id: string) => counts.set(id, (counts.get(id) ?? 0) + 1);

/** An event may name its element by instance only; the activation said the rest. */
function elementOf(state: CaseState, event: ReplayEvent): ActiveElement {
  const elementInstanceKey = event.elementInstanceKey ?? event.key ?? '';
  const known = state.active.get(elementInstanceKey);
  return {
    elementInstanceKey,
    elementId: event.elementId ?? known?.elementId ?? '',
    processInstanceKey: event.processInstanceKey ?? known?.processInstanceKey ?? '',
  };
}

function activate(state: CaseState, event: ReplayEvent): void {
  const element = elementOf(state, event);
  state.active.set(element.elementInstanceKey, element);
  if (event.elementType === BODY) return;
  const trail = trailOf(state, element.processInstanceKey);
  increment(trail.visits, element.elementId);
  trail.terminated.delete(element.elementId);
}

function take(state: CaseState, processInstanceKey: string, flows: readonly string[]): void {
  for (const flowId of flows) {
    increment(trailOf(state, processInstanceKey).taken, flowId);
    state.lastFlows.push({ processInstanceKey, flowId });
  }
}

function complete(state: CaseState, event: ReplayEvent): void {
  const element = elementOf(state, event);
  state.active.delete(element.elementInstanceKey);
  take(state, element.processInstanceKey, event.taken ?? []);
}

function terminate(state: CaseState, event: ReplayEvent): void {
  const element = elementOf(state, event);
  state.active.delete(element.elementInstanceKey);
  trailOf(state, element.processInstanceKey).terminated.add(element.elementId);
}

function changeVariable(state: CaseState, event: ReplayEvent): void {
  const scopeKey = event.scopeKey ?? event.processInstanceKey ?? '';
  const name = event.name ?? '';
  const scope = state.variables.get(scopeKey) ?? new Map<string, Json>();
  state.variables.set(scopeKey, scope);
  const next = event.value ?? null;
  state.lastChanges.push({ scopeKey, name, old: scope.get(name), new: next });
  scope.set(name, next);
}

type Applier = (state: CaseState, event: ReplayEvent) => void;

const APPLIERS: Record<string, Applier> = {
  elementactivated: activate,
  elementcompleted: complete,
  elementterminated: terminate,
  variablechanged: changeVariable,
  incidentraised: (state, event) => state.incidents.set(incidentKey(event), elementOf(state, event)),
  incidentresolved: (state, event) => state.incidents.delete(incidentKey(event)),
};

function incidentKey(event: ReplayEvent): string {
  return event.key ?? event.elementInstanceKey ?? '';
}

function applyStep(state: CaseState, step: ReplayStep): void {
  state.lastChanges = [];
  state.lastFlows = [];
  for (const event of step.events) APPLIERS[typeOf(event)]?.(state, event);
}

/** The state after the steps up to and with `index`; before the first step for -1. */
export function foldTo(steps: readonly ReplayStep[], index: number): CaseState {
  const state = initialState();
  for (let position = 0; position <= Math.min(index, steps.length - 1); position += 1) {
    const step = steps[position];
    if (step) applyStep(state, step);
  }
  return state;
}

/** What a diagram shows of a state. */
export interface Marks {
  active: string[];
  done: string[];
  terminated: string[];
  incidents: string[];
  taken: string[];
  /** Elements visited more than once, with how often. */
  repeats: Map<string, number>;
  /** Flows of the last step, for the moving dot. */
  lastFlows: string[];
}

export type BelongsTo = (processInstanceKey: string) => boolean;

/** The process instances of the main diagram (null) or of one called diagram. */
export function instancesOf(replay: Replay, calledInstance: string | null): BelongsTo {
  if (calledInstance !== null) return (key) => key === calledInstance;
  const called = new Set(replay.called.map((entry) => entry.processInstanceKey));
  return (key) => !called.has(key);
}

/** The marks of the process instances that one diagram shows. */
export function marksOf(state: CaseState, belongs: BelongsTo): Marks {
  const marks: Marks = {
    active: [],
    done: [],
    terminated: [],
    incidents: [],
    taken: [],
    repeats: new Map(),
    lastFlows: state.lastFlows.filter((flow) => belongs(flow.processInstanceKey)).map((flow) => flow.flowId),
  };
  for (const element of state.active.values()) {
    if (belongs(element.processInstanceKey) && !marks.active.includes(element.elementId)) {
      marks.active.push(element.elementId);
    }
  }
  for (const element of state.incidents.values()) {
    if (belongs(element.processInstanceKey)) marks.incidents.push(element.elementId);
  }
  for (const [key, trail] of state.trails) {
    if (belongs(key)) addTrail(marks, trail);
  }
  return marks;
}

function addTrail(marks: Marks, trail: Trail): void {
  for (const [id, visits] of trail.visits) {
    if (visits > 1) marks.repeats.set(id, Math.max(visits, marks.repeats.get(id) ?? 0));
    if (marks.active.includes(id)) continue;
    (trail.terminated.has(id) ? marks.terminated : marks.done).push(id);
  }
  marks.taken.push(...trail.taken.keys());
}

import type { Replay, ReplayEvent, ReplayStep, UserTaskDetail } from '../../api/types';
import { cases, userTasks } from '../../api/endpoints';
import { ApiError } from '../../api/errors';
import { foldTo, type ActiveElement } from '../../diagram/fold';
import { readNames, type ElementNames } from '../../diagram/names';

const typeOf = (event: ReplayEvent) => event.type.replace(/[^A-Za-z]/g, '').toLowerCase();

/** Elements that run now, with their names: what can be left by a jump. */
export interface Running extends ActiveElement {
  name: string;
  kind: string;
}

export interface Standing {
  /** The open user tasks. */
  tasks: UserTaskDetail[];
  /** Done by entering what somebody signed elsewhere. */
  recorded: UserTaskDetail[];
  running: Running[];
  /** The keys of tasks that wait while the initiator mends the start form. */
  mending: ReadonlySet<string>;
  names: ElementNames;
}

/** The keys of the user tasks of the diagram that are open after the last step. */
export function openTaskKeys(steps: readonly ReplayStep[]): string[] {
  const { active } = foldTo(steps, steps.length - 1);
  const created = steps.flatMap((step) => step.events).filter((event) => typeOf(event) === 'usertaskcreated');
  const keys = created.map((event) => String(event.key)).filter((key) => active.has(key));
  return [...new Set(keys)];
}

/** Elements inside the process that run after the last step. */
export function runningElements(steps: readonly ReplayStep[], names: ElementNames): Running[] {
  const { active } = foldTo(steps, steps.length - 1);
  return Array.from(active.values()).flatMap((element) => {
    const known = names.get(element.elementId);
    return known ? [{ ...element, name: known.name, kind: known.kind }] : [];
  });
}

function namesOf(replay: Replay): ElementNames {
  const all: ElementNames = new Map();
  for (const diagram of [...replay.called, replay.definition]) {
    for (const [id, name] of readNames(diagram.xml)) all.set(id, name);
  }
  return all;
}

/** The keys of the user tasks that were done by entering what somebody signed elsewhere. */
export function recordedKeys(steps: readonly ReplayStep[]): string[] {
  const events = steps.flatMap((step) => step.events).filter((event) => typeOf(event) === 'usertaskrecorded');
  return [...new Set(events.map((event) => String(event.key)))];
}

/** The keys of tasks that wait while the initiator mends the start form. */
export function mendingKeys(steps: readonly ReplayStep[]): Set<string> {
  const keys = new Set<string>();
  for (const event of steps.flatMap((step) => step.events)) {
    if (typeOf(event) === 'usertaskreturnedtoinitiator') keys.add(String(event.key));
    if (typeOf(event) === 'startformmended') keys.delete(String(event.boundTo));
  }
  return keys;
}

const MOST = 30;

/** Reads user tasks; one that is not for this person to know of is passed over. */
async function readTasks(keys: string[]): Promise<UserTaskDetail[]> {
  const read = keys.slice(0, MOST).map((key) =>
    userTasks.read(key).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return null;
      throw error;
    }),
  );
  return (await Promise.all(read)).filter((task) => task !== null);
}

/** Where a case stands: its open user tasks as this person may see them, and what else runs. */
export async function readStanding(caseKey: string): Promise<Standing> {
  const replay = await cases.replay(caseKey);
  const names = namesOf(replay);
  const [open, recorded] = await Promise.all([readTasks(openTaskKeys(replay.steps)), readTasks(recordedKeys(replay.steps))]);
  // One that was done meanwhile is not open any more.
  const tasks = open.filter((task) => task.state === 'CREATED');
  const running = runningElements(replay.steps, names);
  return { tasks, recorded, running, mending: mendingKeys(replay.steps), names };
}

import type { ReplayStep } from '../../api/types';
import type { ElementNames } from '../../diagram/names';

/** Element instances by key, as the steps activate them. */
function elementsOf(steps: readonly ReplayStep[]): Map<string, string> {
  const elements = new Map<string, string>();
  for (const event of steps.flatMap((step) => step.events)) {
    const key = event.elementInstanceKey ?? event.key;
    if (key && event.elementId) elements.set(String(key), event.elementId);
  }
  return elements;
}

/** Commands that the platform gives itself; they name a timer or a job, and what follows names the element. */
const BY_ITSELF = ['timer_fired', 'job_completed', 'job_failed', 'job_error_thrown'];

function happenedAt(step: ReplayStep): string | null | undefined {
  if (!BY_ITSELF.includes(step.type)) return undefined;
  return step.events.find((event) => event.type.startsWith('element_') && event.elementId)?.elementId;
}

/** What each step is called: its command, and the element that the command was about. */
export function stepTitles(steps: readonly ReplayStep[], names: ElementNames): string[] {
  const elements = elementsOf(steps);
  return steps.map((step) => {
    const about = step.events.find((event) => event.type === step.type);
    const elementId = about?.elementId ?? (about?.key ? elements.get(String(about.key)) : undefined) ?? happenedAt(step);
    const name = elementId ? names.get(elementId)?.name : undefined;
    return name ? `${step.command} · ${name}` : step.command;
  });
}

import type { ReplayEvent, ReplayStep } from '../../api/types';
import type { ElementNames } from '../../diagram/names';
import { formatMoment } from '../../format/dates';
import { describeEvent } from './eventWords';

interface StepListProps {
  steps: ReplayStep[];
  index: number;
  names: ElementNames;
  onGo: (index: number) => void;
}

function Events({ events, names }: { events: ReplayEvent[]; names: ElementNames }) {
  const lines = events.map((event) => describeEvent(event, names)).filter((line) => line !== null);
  if (!lines.length) return null;
  return (
    <ul class="step-events">
      {lines.map((line, position) => (
        <li key={position}>{line}</li>
      ))}
    </ul>
  );
}

/** Every step as a list; the current one tells its events. */
export function StepList({ steps, index, names, onGo }: StepListProps) {
  return (
    <section class="steps" aria-label="步骤">
      <h2>步骤</h2>
      <ol>
        {steps.map((step, position) => (
          <li key={step.index} class={position > index ? 'step step-ahead' : 'step'}>
            <button
              type="button"
              aria-current={position === index ? 'step' : undefined}
              onClick={() => onGo(position)}
            >
              <span class="step-number">{position + 1}</span>
              <span class="step-text">
                <b>{step.command}</b>
                <span class="muted">
                  {step.actor?.name ?? '系统'}
                  {step.onBehalfOf ? `（代${step.onBehalfOf.name}）` : ''}　{formatMoment(step.at)}
                </span>
              </span>
            </button>
            {position === index && <Events events={step.events} names={names} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

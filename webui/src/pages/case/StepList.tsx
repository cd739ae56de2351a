import { useEffect, useRef } from 'preact/hooks';
import type { Labels, ReplayStep } from '../../api/types';
import type { ElementNames } from '../../diagram/names';
import { formatMoment } from '../../format/dates';
import { describeStep } from './eventWords';

interface StepListProps {
  steps: ReplayStep[];
  titles: string[];
  index: number;
  names: ElementNames;
  labels: Labels;
  onGo: (index: number) => void;
}

function Events({ lines }: { lines: string[] }) {
  if (!lines.length) return null;
  return (
    <ul class="step-events">
      {lines.map((line, position) => (
        <li key={position}>{line}</li>
      ))}
    </ul>
  );
}

/** Scrolls the list alone: `scrollIntoView` would move the page under the reader as well. */
function keepInView(list: HTMLOListElement | null): void {
  const current = list?.querySelector<HTMLElement>('[aria-current="step"]')?.parentElement;
  if (!list || !current) return;
  const top = current.offsetTop - list.offsetTop;
  if (top < list.scrollTop) list.scrollTop = top;
  const below = top + current.offsetHeight - (list.scrollTop + list.clientHeight);
  if (below > 0) list.scrollTop += Math.min(below, top - list.scrollTop);
}

/** Every step as a list; the current one tells its events. */
export function StepList({ steps, titles, index, names, labels, onGo }: StepListProps) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => keepInView(list.current), [index]);
  return (
    <section class="steps" aria-label="步骤">
      <h2>步骤</h2>
      <ol ref={list}>
        {steps.map((step, position) => (
          <li key={step.index} class={position > index ? 'step step-ahead' : 'step'}>
            <button
              type="button"
              aria-current={position === index ? 'step' : undefined}
              onClick={() => onGo(position)}
            >
              <span class="step-number">{position + 1}</span>
              <span class="step-text">
                <b>{titles[position] ?? step.command}</b>
                <span class="muted">
                  {step.actor?.name ?? '系统'}
                  {step.onBehalfOf ? `（代${step.onBehalfOf.name}）` : ''}　{formatMoment(step.at)}
                </span>
              </span>
            </button>
            {position === index && <Events lines={describeStep(step, names, labels)} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

import { useEffect, useState } from 'preact/hooks';
import type { ReplayStep } from '../../api/types';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';

interface ReplayControlsProps {
  steps: ReplayStep[];
  titles: string[];
  index: number;
  onGo: (index: number) => void;
}

const PLAY_PAUSE = 1400;

function describe(step: ReplayStep | undefined, title: string | undefined): string {
  if (!step) return '';
  const behalf = step.onBehalfOf ? `（代${step.onBehalfOf.name}）` : '';
  return `${formatMoment(step.at)}　${step.actor ? nameOf(step.actor) : '系统'}${behalf}　${title ?? step.command}`;
}

/** Slider and buttons; the arrow keys step because the slider has them. */
export function ReplayControls({ steps, titles, index, onGo }: ReplayControlsProps) {
  const [playing, setPlaying] = useState(false);
  const last = steps.length - 1;
  useEffect(() => {
    if (!playing) return;
    if (index >= last) {
      setPlaying(false);
      return;
    }
    const timer = window.setTimeout(() => onGo(index + 1), PLAY_PAUSE);
    return () => window.clearTimeout(timer);
  }, [playing, index, last]);
  const play = () => {
    if (!playing && index >= last) onGo(0);
    setPlaying(!playing);
  };
  const step = (to: number) => {
    setPlaying(false);
    onGo(to);
  };
  return (
    <div class="replay-controls">
      <div class="replay-buttons" role="group" aria-label="回放">
        <button type="button" class="button" aria-label="第一步" disabled={index === 0} onClick={() => step(0)}>
          |◀
        </button>
        <button type="button" class="button" aria-label="上一步" disabled={index === 0} onClick={() => step(index - 1)}>
          ◀
        </button>
        <button type="button" class="button button-primary" onClick={play}>
          {playing ? '暂停' : '播放'}
        </button>
        <button type="button" class="button" aria-label="下一步" disabled={index === last} onClick={() => step(index + 1)}>
          ▶
        </button>
        <button type="button" class="button" aria-label="最后一步" disabled={index === last} onClick={() => step(last)}>
          ▶|
        </button>
      </div>
      <input
        type="range"
        class="slider"
        aria-label="回放步骤"
        aria-valuetext={`第 ${index + 1} 步，共 ${steps.length} 步：${describe(steps[index], titles[index])}`}
        min={0}
        max={last}
        step={1}
        value={index}
        onInput={(event) => step(Number(event.currentTarget.value))}
      />
      <p class="replay-now" role="status">
        <b>
          第 {index + 1} / {steps.length} 步
        </b>
        <span>{describe(steps[index], titles[index])}</span>
      </p>
    </div>
  );
}

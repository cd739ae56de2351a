import { useMemo, useState } from 'preact/hooks';
import { cases } from '../../api/endpoints';
import type { Replay } from '../../api/types';
import { Empty, Loaded } from '../../components/Loaded';
import { DiagramView } from '../../diagram/DiagramView';
import { foldTo, instancesOf, marksOf, type CaseState } from '../../diagram/fold';
import { readNames, type ElementNames } from '../../diagram/names';
import { useLoading } from '../../state/loading';
import { PositionList } from './PositionList';
import { ReplayControls } from './ReplayControls';
import { StepList } from './StepList';
import { stepTitles } from './stepTitles';
import { VariableList } from './VariableList';

/** The called instance in which the last step did something, or null for the main diagram. */
function instanceOfStep(replay: Replay, index: number): string | null {
  const keys = new Set((replay.steps[index]?.events ?? []).map((event) => event.processInstanceKey));
  return replay.called.find((called) => keys.has(called.processInstanceKey))?.processInstanceKey ?? null;
}

function DiagramChoice({ replay, names, shown, onSelect }: {
  replay: Replay;
  names: ElementNames;
  shown: string | null;
  onSelect: (instance: string | null) => void;
}) {
  if (!replay.called.length) return null;
  return (
    <label class="diagram-choice">
      <span>流程图</span>
      <select
        class="input select"
        value={shown ?? ''}
        onChange={(event) => onSelect(event.currentTarget.value || null)}
      >
        <option value="">主流程</option>
        {replay.called.map((called) => (
          <option key={called.processInstanceKey} value={called.processInstanceKey}>
            调用：{names.get(called.calledFrom)?.name ?? called.calledFrom}
          </option>
        ))}
      </select>
    </label>
  );
}

function useNames(replay: Replay): ElementNames {
  return useMemo(() => {
    const all: ElementNames = new Map();
    for (const diagram of [...replay.called, replay.definition]) {
      for (const [id, name] of readNames(diagram.xml)) all.set(id, name);
    }
    return all;
  }, [replay]);
}

function focusOf(state: CaseState, active: string[]): string | null {
  return active[active.length - 1] ?? state.lastFlows[state.lastFlows.length - 1]?.flowId ?? null;
}

function Player({ replay, title }: { replay: Replay; title: string }) {
  const last = replay.steps.length - 1;
  const [index, setIndex] = useState(last);
  const [forward, setForward] = useState(false);
  const [chosen, setChosen] = useState<{ at: number; instance: string | null } | null>(null);
  const names = useNames(replay);
  const labels = replay.labels ?? {};
  const titles = useMemo(() => stepTitles(replay.steps, names), [replay, names]);
  const state = useMemo(() => foldTo(replay.steps, index), [replay, index]);
  const shown = chosen?.at === index ? chosen.instance : instanceOfStep(replay, index);
  const diagram = replay.called.find((called) => called.processInstanceKey === shown) ?? replay.definition;
  const marks = useMemo(() => marksOf(state, instancesOf(replay, shown)), [replay, state, shown]);
  const go = (next: number) => {
    const bounded = Math.max(0, Math.min(last, next));
    setForward(bounded === index + 1);
    setIndex(bounded);
  };
  return (
    <div class="replay">
      <ReplayControls steps={replay.steps} titles={titles} index={index} onGo={go} />
      <div class="replay-stage">
        <div class="replay-picture">
          <DiagramChoice
            replay={replay}
            names={names}
            shown={shown}
            onSelect={(instance) => setChosen({ at: index, instance })}
          />
          <DiagramView
            xml={diagram.xml}
            marks={marks}
            animate={forward}
            focus={focusOf(state, marks.active)}
            label={`${title}的流程图，第 ${index + 1} 步，旁边的列表说明同样内容`}
          />
        </div>
        <div class="replay-words">
          <StepList
            steps={replay.steps}
            titles={titles}
            index={index}
            names={names}
            labels={labels}
            onGo={go}
          />
          <PositionList state={state} names={names} />
          <VariableList state={state} labels={labels} />
        </div>
      </div>
    </div>
  );
}

/** Replay of a case: diagram, events and variables step together. */
export function ReplayView({ caseKey, title }: { caseKey: string; title: string }) {
  const loading = useLoading(() => cases.replay(caseKey), [caseKey]);
  return (
    <Loaded of={loading}>
      {(replay) =>
        replay.steps.length ? <Player replay={replay} title={title} /> : <Empty>此事项还没有可回放的步骤。</Empty>
      }
    </Loaded>
  );
}

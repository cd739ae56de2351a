import { DateField, TextField } from '../../../components/dialogs/fields';
import type { EntryPoints } from './entryPoints';

export interface RunningClock {
  startedOn: string;
  evidence: string;
}

interface EnteredClocksProps {
  limits: EntryPoints['limits'];
  clocks: Record<string, RunningClock>;
  problems: Record<string, string>;
  onChange: (clocks: Record<string, RunningClock>) => void;
}

/** Time limits that run already, each with its first day and the paper that proves it. */
export function EnteredClocks({ limits, clocks, problems, onChange }: EnteredClocksProps) {
  const toggle = (id: string, on: boolean) => {
    const { [id]: _gone, ...others } = clocks;
    onChange(on ? { ...clocks, [id]: { startedOn: '', evidence: '' } } : others);
  };
  const change = (id: string, part: Partial<RunningClock>) => {
    const before = clocks[id];
    if (before) onChange({ ...clocks, [id]: { ...before, ...part } });
  };
  if (!limits.length) return <p class="muted">此流程图中没有期限。</p>;
  return (
    <ul class="plain-list">
      {limits.map(({ id, startedBy }) => {
        const clock = clocks[id];
        return (
          <li key={id} class="entered-clock">
            <label class="choice">
              <input
                type="checkbox"
                checked={Boolean(clock)}
                onChange={(event) => toggle(id, event.currentTarget.checked)}
              />
              <span>
                <span class="cell-code">{id}</span>
                {startedBy && <span class="muted">（由“{startedBy}”起算）</span>}
              </span>
            </label>
            {clock && (
              <div class="form-grid">
                <DateField
                  label="起算日"
                  value={clock.startedOn}
                  problem={problems[`${id} startedOn`]}
                  onChange={(startedOn) => change(id, { startedOn })}
                />
                <TextField
                  label="证明材料"
                  maxLength={500}
                  placeholder="如：受理通知书〔2026〕3号"
                  value={clock.evidence}
                  problem={problems[`${id} evidence`]}
                  onChange={(evidence) => change(id, { evidence })}
                />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

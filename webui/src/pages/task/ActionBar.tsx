import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { MoreMenu } from './MoreMenu';

export interface Action {
  id: string;
  label: string;
  primary?: boolean;
  /** The action that decides against: it stands beside the primary one and looks it. */
  danger?: boolean;
  run: () => void;
}

interface ActionBarProps {
  actions: Action[];
  busy: boolean;
  children?: ComponentChildren;
}

const NARROW = '(max-width: 46rem)';
const SHOWN = { wide: 5, narrow: 2 };

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => window.matchMedia(NARROW).matches);
  useEffect(() => {
    const query = window.matchMedia(NARROW);
    const follow = () => setNarrow(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return narrow;
}

const lookOf = (action: Action) =>
  action.primary ? 'button button-primary' : action.danger ? 'button button-against' : 'button';

/** The bar of the actions that exist, always in sight, the rest behind 更多; at its side what became of the draft. */
export function ActionBar({ actions, busy, children }: ActionBarProps) {
  const room = useNarrow() ? SHOWN.narrow : SHOWN.wide;
  // One action alone is not worth a menu.
  const shown = actions.length <= room + 1 ? actions : actions.slice(0, room);
  return (
    <div class="action-bar" role="group" aria-label="办理操作">
      {shown.map((action) => (
        <button
          key={action.id}
          type="button"
          class={lookOf(action)}
          data-action={action.id}
          disabled={busy}
          onClick={action.run}
        >
          {busy && action.primary ? '正在提交……' : action.label}
        </button>
      ))}
      <MoreMenu actions={actions.slice(shown.length)} busy={busy} />
      <span class="action-status">{children}</span>
    </div>
  );
}

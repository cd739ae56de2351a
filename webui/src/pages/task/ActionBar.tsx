import type { ComponentChildren } from 'preact';

export interface Action {
  id: string;
  label: string;
  primary?: boolean;
  run: () => void;
}

interface ActionBarProps {
  actions: Action[];
  busy: boolean;
  children?: ComponentChildren;
}

/** The bar of the actions that exist, always in sight; at its side what became of the draft. */
export function ActionBar({ actions, busy, children }: ActionBarProps) {
  return (
    <div class="action-bar" role="group" aria-label="办理操作">
      {actions.map((action) => (
        <button
          key={action.id}
          type="button"
          class={action.primary ? 'button button-primary' : 'button'}
          data-action={action.id}
          disabled={busy}
          onClick={action.run}
        >
          {busy && action.primary ? '正在提交……' : action.label}
        </button>
      ))}
      <span class="action-status">{children}</span>
    </div>
  );
}

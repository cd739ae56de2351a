import { useEffect, useRef, useState } from 'preact/hooks';
import type { Action } from './ActionBar';

/** 更多: actions that are seldom needed, one press away; arrow keys move, Escape closes. */
export function MoreMenu({ actions, busy }: { actions: Action[]; busy: boolean }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      setOpen(false);
      if (event.key === 'Escape') button.current?.focus();
      return;
    }
    const items = Array.from(box.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? []);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const ends: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 };
    const next = ends[event.key];
    if (next === undefined) return;
    event.preventDefault();
    items[next % items.length]?.focus();
  };

  if (!actions.length) return null;
  return (
    <div class="more" ref={box}>
      <button
        ref={button}
        type="button"
        class="button"
        aria-haspopup="menu"
        aria-expanded={open}
        disabled={busy}
        onClick={() => setOpen(!open)}
      >
        更多 <span class="more-caret" aria-hidden="true" />
      </button>
      {open && (
        <div class="more-menu" role="menu" aria-label="更多操作" onKeyDown={keys}>
          {actions.map((action) => (
            <button
              key={action.id}
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-action={action.id}
              onClick={() => {
                setOpen(false);
                button.current?.focus();
                action.run();
              }}
            >
              {action.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

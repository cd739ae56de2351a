import './dialogs.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface DialogProps {
  title: string;
  /** What the dialog is about, under its title. */
  about?: string | undefined;
  wide?: boolean;
  onClose: () => void;
  children: ComponentChildren;
}

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]';

let last = 0;

function focusableIn(box: HTMLElement): HTMLElement[] {
  return Array.from(box.querySelectorAll<HTMLElement>(FOCUSABLE)).filter((element) => element.offsetParent !== null);
}

/** Tab goes round inside the dialog: what lies under it is not to be reached. */
function keepInside(event: KeyboardEvent, box: HTMLElement): void {
  const all = focusableIn(box);
  const [first, end] = [all[0], all[all.length - 1]];
  const focused = document.activeElement;
  if (event.shiftKey ? focused === first || focused === box : focused === end) {
    event.preventDefault();
    (event.shiftKey ? end : first)?.focus();
  }
}

/**
 * A dialog over the page, under the sign-in of an ended session (a native modal would lie above that).
 * Focus goes to its first field, stays inside, and returns to where it was.
 */
export function Dialog({ title, about, wide = false, onClose, children }: DialogProps) {
  const box = useRef<HTMLDivElement>(null);
  const id = useRef(`dialog-${(last += 1)}`).current;
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    const element = box.current;
    const before = document.activeElement;
    const body = element?.querySelector<HTMLElement>('.dialog-body');
    const wanted = body && focusableIn(body).find((each) => !each.hasAttribute('data-not-first'));
    (wanted ?? element)?.focus();
    // Should the focus get lost, the keys still belong to the dialog.
    const astray = (event: KeyboardEvent) => {
      if (document.activeElement !== document.body || !element) return;
      if (event.key === 'Escape') close.current();
      if (event.key === 'Tab') {
        event.preventDefault();
        element.focus();
      }
    };
    document.addEventListener('keydown', astray);
    return () => {
      document.removeEventListener('keydown', astray);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <div class="dialog-over">
      <div
        ref={box}
        class={wide ? 'dialog dialog-wide' : 'dialog'}
        role="dialog"
        aria-modal="true"
        aria-labelledby={id}
        tabIndex={-1}
        onKeyDown={(event) => {
          // What is typed in a dialog is not for the page under it.
          event.stopPropagation();
          if (event.key === 'Escape' && !event.defaultPrevented) close.current();
          if (event.key === 'Tab' && box.current) keepInside(event, box.current);
        }}
      >
        <header class="dialog-head">
          <div>
            <h2 id={id}>{title}</h2>
            {about && <p class="muted">{about}</p>}
          </div>
          <button type="button" class="dialog-close" aria-label="关闭" data-not-first onClick={onClose}>
            ×
          </button>
        </header>
        {children}
      </div>
    </div>
  );
}

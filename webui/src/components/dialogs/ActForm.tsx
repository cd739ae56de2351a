import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Act } from './useAct';

interface ActFormProps {
  act: Act;
  /** What the button says. */
  submit: string;
  /** What the other button says. */
  cancel?: string;
  danger?: boolean;
  disabled?: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ComponentChildren;
}

/** The body of a dialog that does something: fields, what was refused, the two buttons. */
export function ActForm({ act, submit, cancel = '取消', danger = false, disabled = false, onSubmit, onClose, children }: ActFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { fields, rest } = act.problems;
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [fields]);
  return (
    <form
      ref={form}
      class="dialog-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!act.busy && !disabled) onSubmit();
      }}
    >
      <div class="dialog-body">{children}</div>
      <footer class="dialog-foot">
        <p class="field-error dialog-problem" role="alert">
          {rest}
        </p>
        <button type="button" class="button" onClick={onClose}>
          {cancel}
        </button>
        {/* Not disabled while it is on its way: it would lose the focus. A second press does nothing. */}
        <button
          type="submit"
          class={`button ${danger ? 'button-danger' : 'button-primary'}`}
          disabled={disabled}
          aria-disabled={act.busy}
        >
          {act.busy ? '正在提交……' : submit}
        </button>
      </footer>
    </form>
  );
}

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Act } from './useAct';

interface ActFormProps {
  act: Act;
  /** What the button says. */
  submit: string;
  danger?: boolean;
  disabled?: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ComponentChildren;
}

/** The body of a dialog that does something: fields, what was refused, the two buttons. */
export function ActForm({ act, submit, danger = false, disabled = false, onSubmit, onClose, children }: ActFormProps) {
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
        <button type="button" class="button" disabled={act.busy} onClick={onClose}>
          取消
        </button>
        <button type="submit" class={`button ${danger ? 'button-danger' : 'button-primary'}`} disabled={act.busy || disabled}>
          {act.busy ? '正在提交……' : submit}
        </button>
      </footer>
    </form>
  );
}

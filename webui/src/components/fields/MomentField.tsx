import { useRef } from 'preact/hooks';
import { FieldFrame } from '../dialogs/fields';

interface MomentFieldProps {
  label: string;
  /** `YYYY-MM-DDTHH:MM`, the bureau's own time. */
  value: string;
  onChange: (value: string) => void;
  problem?: string | undefined;
  hint?: string | undefined;
}

let last = 0;

/** A day and time by the browser's own picker. */
export function MomentField({ label, value, onChange, problem, hint }: MomentFieldProps) {
  const id = useRef(`moment-${(last += 1)}`).current;
  return (
    <FieldFrame id={id} label={label} problem={problem} hint={hint}>
      <input
        id={id}
        type="datetime-local"
        class="input"
        min="1950-01-01T00:00"
        max="2999-12-31T23:59"
        value={value}
        aria-invalid={Boolean(problem)}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </FieldFrame>
  );
}

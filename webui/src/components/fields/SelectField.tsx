import { useRef } from 'preact/hooks';
import { FieldFrame } from '../dialogs/fields';

interface Option {
  value: string;
  label: string;
}

interface SelectFieldProps {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
  problem?: string | undefined;
  hint?: string | undefined;
  optional?: boolean | undefined;
  /** What stands for no choice. */
  none?: string | undefined;
  disabled?: boolean;
}

let last = 0;

/** One of many, by the browser's own list. */
export function SelectField(props: SelectFieldProps) {
  const { label, value, options, onChange, problem, hint, optional, none, disabled = false } = props;
  const id = useRef(`select-${(last += 1)}`).current;
  return (
    <FieldFrame id={id} label={label} problem={problem} hint={hint} optional={optional}>
      <select
        id={id}
        class="input"
        value={value}
        disabled={disabled}
        aria-invalid={Boolean(problem)}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

import { FieldFrame } from './fields';

interface CodeFieldProps {
  value: string;
  problem: string | undefined;
  onChange: (code: string) => void;
}

/** Six digits; whatever else is typed or pasted is left out. */
export function CodeField({ value, problem, onChange }: CodeFieldProps) {
  return (
    <FieldFrame id="second-factor-code" label="动态口令" problem={problem}>
      <input
        id="second-factor-code"
        class="input code-input"
        type="text"
        inputMode="numeric"
        autocomplete="one-time-code"
        maxLength={6}
        value={value}
        aria-invalid={Boolean(problem)}
        aria-describedby={problem ? 'second-factor-code-problem' : undefined}
        onInput={(event) => onChange(event.currentTarget.value.replace(/\D/g, ''))}
      />
    </FieldFrame>
  );
}

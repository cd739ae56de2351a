import { useRef } from 'preact/hooks';
import { FieldFrame } from '../dialogs/fields';

interface FileFieldProps {
  label: string;
  accept: string;
  onChange: (file: File | null) => void;
  problem?: string | undefined;
  hint?: string | undefined;
  disabled?: boolean;
}

let last = 0;

/** One file of the person's machine. */
export function FileField({ label, accept, onChange, problem, hint, disabled = false }: FileFieldProps) {
  const id = useRef(`file-${(last += 1)}`).current;
  return (
    <FieldFrame id={id} label={label} problem={problem} hint={hint}>
      <input
        id={id}
        type="file"
        class="file-input"
        accept={accept}
        disabled={disabled}
        aria-invalid={Boolean(problem)}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => onChange(event.currentTarget.files?.[0] ?? null)}
      />
    </FieldFrame>
  );
}

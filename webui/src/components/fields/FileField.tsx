import { useRef, useState } from 'preact/hooks';
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

/** One file of the person's machine. The browser's own button speaks its own language, so ours stands over it. */
export function FileField({ label, accept, onChange, problem, hint, disabled = false }: FileFieldProps) {
  const id = useRef(`file-${(last += 1)}`).current;
  const [name, setName] = useState('');
  return (
    <FieldFrame id={id} label={label} problem={problem} hint={hint}>
      <div class="file-field">
        <input
          id={id}
          type="file"
          class="file-input"
          accept={accept}
          disabled={disabled}
          aria-invalid={Boolean(problem)}
          aria-describedby={problem ? `${id}-problem` : undefined}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0] ?? null;
            setName(file?.name ?? '');
            onChange(file);
          }}
        />
        <span class="button" aria-hidden="true">
          选择文件
        </span>
        <span class={name ? 'file-name' : 'file-name muted'}>{name || '还没有选择'}</span>
      </div>
    </FieldFrame>
  );
}

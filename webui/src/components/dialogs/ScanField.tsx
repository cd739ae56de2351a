import { useRef } from 'preact/hooks';
import { FieldFrame } from './fields';

interface ScanFieldProps {
  label: string;
  file: File | null;
  onChange: (file: File | null) => void;
  problem?: string | undefined;
  hint?: string | undefined;
  optional?: boolean;
}

let last = 0;

const sizeWords = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

/** A scan to upload, with its name and size, and a way to take it out again. */
export function ScanField({ label, file, onChange, problem, hint, optional = false }: ScanFieldProps) {
  const id = useRef(`file-${(last += 1)}`).current;
  const input = useRef<HTMLInputElement>(null);
  return (
    <FieldFrame id={id} label={label} problem={problem} hint={hint} optional={optional}>
      <div class="scan-field">
        <input
          ref={input}
          id={id}
          type="file"
          class="visually-hidden"
          accept=".pdf,.png,.jpg,.jpeg,.tif,.tiff,.ofd"
          aria-invalid={Boolean(problem)}
          onChange={(event) => onChange(event.currentTarget.files?.[0] ?? null)}
        />
        <button type="button" class="button button-small" onClick={() => input.current?.click()}>
          {file ? '更换文件' : '选择文件'}
        </button>
        <span class={file ? '' : 'muted'}>{file ? `${file.name}（${sizeWords(file.size)}）` : '未选择'}</span>
        {file && (
          <button
            type="button"
            class="link"
            onClick={() => {
              if (input.current) input.current.value = '';
              onChange(null);
            }}
          >
            去掉
          </button>
        )}
      </div>
    </FieldFrame>
  );
}

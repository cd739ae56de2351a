import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

let last = 0;

function useId(): string {
  return useRef(`field-${(last += 1)}`).current;
}

interface FieldProps {
  label: string;
  problem?: string | undefined;
  hint?: string | undefined;
  optional?: boolean | undefined;
}

interface FrameProps extends FieldProps {
  id: string;
  children: ComponentChildren;
}

/** A field with its label, its hint, and what is wrong with it. */
export function FieldFrame({ id, label, problem, hint, optional, children }: FrameProps) {
  return (
    <div class="dialog-field">
      <label for={id} class="dialog-label">
        {label}
        {optional && <span class="muted">（选填）</span>}
      </label>
      {children}
      {hint && (
        <p class="muted dialog-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p class="dialog-error" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function described(id: string, { problem, hint }: FieldProps) {
  const ids = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return { 'aria-invalid': Boolean(problem), ...(ids && { 'aria-describedby': ids }) };
}

interface TextProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  maxLength?: number;
  placeholder?: string;
}

export function TextField({ value, onChange, rows = 1, maxLength = 1000, placeholder, ...field }: TextProps) {
  const id = useId();
  const shared = {
    id,
    class: 'input',
    value,
    maxLength,
    ...(placeholder && { placeholder }),
    ...described(id, field),
  };
  return (
    <FieldFrame id={id} {...field}>
      {rows > 1 ? (
        <textarea {...shared} rows={rows} onInput={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <input {...shared} type="text" onInput={(event) => onChange(event.currentTarget.value)} />
      )}
    </FieldFrame>
  );
}

interface ReasonProps extends Omit<TextProps, 'label'> {
  label?: string;
  /** Usual words, one click away. */
  usual?: readonly string[];
}

/** A reason, with the usual ones to click. */
export function ReasonField({ label = '理由', usual = [], value, onChange, ...rest }: ReasonProps) {
  return (
    <div>
      <TextField {...rest} label={label} value={value} onChange={onChange} rows={rest.rows ?? 3} />
      {usual.length > 0 && (
        <div class="phrases dialog-usual" role="group" aria-label="常用语">
          {usual.map((words) => (
            <span key={words} class="phrase">
              <button type="button" onClick={() => onChange(value.trim() ? `${value.trimEnd()}${words}` : words)}>
                {words}
              </button>
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

interface DateProps extends FieldProps {
  value: string;
  onChange: (day: string) => void;
}

/** A date as `YYYY-MM-DD`, by the browser's own picker. */
export function DateField({ value, onChange, ...field }: DateProps) {
  const id = useId();
  return (
    <FieldFrame id={id} {...field}>
      <input
        id={id}
        type="date"
        class="input dialog-date"
        min="1950-01-01"
        max="2999-12-31"
        value={value}
        {...described(id, field)}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </FieldFrame>
  );
}

interface NumberProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  min?: number;
  max?: number;
}

export function NumberField({ value, onChange, min = 1, max = 10_000, ...field }: NumberProps) {
  const id = useId();
  return (
    <FieldFrame id={id} {...field}>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        class="input dialog-number"
        min={min}
        max={max}
        value={value}
        {...described(id, field)}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </FieldFrame>
  );
}

interface Choice<Value extends string> {
  value: Value;
  label: string;
  note?: string | undefined;
  disabled?: boolean | undefined;
}

interface ChoicesProps<Value extends string> extends Omit<FieldProps, 'optional'> {
  value: Value | null;
  choices: ReadonlyArray<Choice<Value>>;
  onChange: (value: Value) => void;
}

/** One of a few, each with a line that says what it means. */
export function Choices<Value extends string>({ label, problem, hint, value, choices, onChange }: ChoicesProps<Value>) {
  const id = useId();
  return (
    <fieldset class="dialog-field choices" aria-invalid={Boolean(problem)}>
      <legend class="dialog-label">{label}</legend>
      {hint && <p class="muted dialog-hint">{hint}</p>}
      {choices.map((choice) => (
        <label key={choice.value} class={`choice${choice.disabled ? ' choice-disabled' : ''}`}>
          <input
            type="radio"
            name={id}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.disabled ?? false}
            onChange={() => onChange(choice.value)}
          />
          <span>
            {choice.label}
            {choice.note && <span class="muted choice-note">{choice.note}</span>}
          </span>
        </label>
      ))}
      {problem && (
        <p class="dialog-error" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

interface TickProps {
  label: string;
  note?: string | undefined;
  problem?: string | undefined;
  checked: boolean;
  disabled?: boolean | undefined;
  onChange: (checked: boolean) => void;
}

export function Tick({ label, note, problem, checked, disabled = false, onChange }: TickProps) {
  return (
    <div class="dialog-field">
      <label class={`choice${disabled ? ' choice-disabled' : ''}`}>
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          aria-invalid={Boolean(problem)}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>
          {label}
          {note && <span class="muted choice-note">{note}</span>}
        </span>
      </label>
      {problem && (
        <p class="dialog-error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** A text is said, or the words that ask for it. */
export const required = (value: string, words: string): string => (value.trim() ? '' : words);

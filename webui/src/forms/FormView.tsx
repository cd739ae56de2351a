import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import './form.css';
import { createForm, getSchemaVariables, Textarea, Textfield, type CreateFormOptions } from '@bpmn-io/form-js-viewer';
import flatpickr from 'flatpickr';
import { Mandarin } from 'flatpickr/dist/esm/l10n/zh.js';
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FieldErrors } from '../api/errors';
import type { FormSchema, Json, Variables } from '../api/types';
import { showRefusal } from '../state/notices';
import { attachmentModule } from './AttachmentField';
import { Uploads } from './attachments';
import type { FormHandle } from './handle';
import { in24Hours } from './hours';
import { openedWith, outputsOf } from './outputs';
import { placeErrors, type FieldInstance } from './paths';
import { translateModule } from './translations';
import { untouchedTextsAreNull } from './untouched';

flatpickr.localize(Mandarin);
untouchedTextsAreNull(Textfield, Textarea);

/** The part of the viewer's form that the page uses. `_setState` and `_update` are its only ways to show errors and values from outside. */
interface ViewerForm {
  _id: string;
  submit(): { data: Variables; errors: Record<string, unknown> };
  _getState(): { data: Variables };
  _setState(state: { errors: unknown }): void;
  _update(change: { fieldInstance: FieldInstance; value: Json }): void;
  get(name: 'formFieldInstanceRegistry'): { getAllKeyed(): FieldInstance[] };
  on(event: 'changed', handler: (state: { data: Variables }) => void): void;
  destroy(): void;
}

interface FormViewProps {
  schema: FormSchema;
  /** The variables that the form opens with. */
  given: Variables;
  /** What was typed before, laid over them. */
  draft?: Variables | null;
  readOnly: boolean;
  /** For which task its files are uploaded; for a start without. */
  taskKey?: string;
  handle: RefObject<FormHandle>;
  onChange?: ((values: Variables) => void) | undefined;
}

/** The values that the form itself writes, without what it was only given to read: a draft must not keep that. */
function pickOutputs(schema: FormSchema, data: Variables, given: Variables): Variables {
  const names: string[] = getSchemaVariables(schema, { inputs: false });
  const written = names.filter((name) => data[name] !== undefined).map((name) => [name, data[name] ?? null]);
  return outputsOf(schema, Object.fromEntries(written) as Variables, given);
}

function focusFirstWrong(container: HTMLElement): void {
  const wrong = container.querySelector<HTMLElement>('.fjs-has-errors input, .fjs-has-errors textarea');
  const target = wrong ?? container.querySelector<HTMLElement>('.fjs-has-errors');
  target?.scrollIntoView({ block: 'center' });
  wrong?.focus({ preventScroll: true });
}

/** Some fields, as dates, take over what was typed when they lose the focus. */
function commitFocused(container: HTMLElement): void {
  const focused = document.activeElement;
  if (focused instanceof HTMLElement && container.contains(focused)) focused.blur();
}

/** The viewer redraws after its state changes; fields can be focused once it has. */
function afterDrawing(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act));
}

function handleOf(
  form: ViewerForm,
  schema: FormSchema,
  given: Variables,
  container: HTMLElement,
  uploads: Uploads,
): FormHandle {
  return {
    collect() {
      if (uploads.busy) {
        showRefusal('文件正在上传，请稍候再提交。');
        return null;
      }
      commitFocused(container);
      const { data, errors } = form.submit();
      if (Object.keys(errors).length === 0) return outputsOf(schema, data, given);
      afterDrawing(() => focusFirstWrong(container));
      return null;
    },
    values: () => pickOutputs(schema, form._getState().data, given),
    showErrors(errors: FieldErrors) {
      const placed = placeErrors(errors, form.get('formFieldInstanceRegistry').getAllKeyed());
      form._setState({ errors: placed.tree });
      if (placed.first) afterDrawing(() => focusFirstWrong(container));
      return placed.rest;
    },
    fill(key: string, value: Json) {
      const fields: FieldInstance[] = form.get('formFieldInstanceRegistry').getAllKeyed();
      const field = fields.find((each) => each.valuePath.join('.') === key);
      if (field) form._update({ fieldInstance: field, value });
      return field !== undefined;
    },
  };
}

/** A form-js form. The variables given at first are its start; what is typed later lives in the form. */
export function FormView({ schema, given, draft, readOnly, taskKey, handle, onChange }: FormViewProps) {
  const container = useRef<HTMLDivElement>(null);
  const listener = useRef(onChange);
  listener.current = onChange;
  const [failure, setFailure] = useState('');

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let form: ViewerForm | null = null;
    let wanted = true;
    const uploads = new Uploads(taskKey ? { taskKey } : {});
    const options: CreateFormOptions & { debounce: false } = {
      container: element,
      schema: in24Hours(schema),
      data: openedWith(schema, given, draft),
      properties: { readOnly },
      // Typed text counts at once: a submission by keyboard must not miss the last letters.
      debounce: false,
      additionalModules: [translateModule, attachmentModule(uploads)],
    };
    createForm(options).then(
      (created) => {
        form = created as unknown as ViewerForm;
        if (!wanted) {
          form.destroy();
          return;
        }
        handle.current = handleOf(form, schema, given, element, uploads);
        let before = JSON.stringify(pickOutputs(schema, form._getState().data, given));
        form.on('changed', (state) => {
          const values = pickOutputs(schema, state.data, given);
          const after = JSON.stringify(values);
          if (after === before) return;
          before = after;
          listener.current?.(values);
        });
      },
      (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      wanted = false;
      handle.current = null;
      form?.destroy();
    };
  }, [schema, readOnly]);

  return (
    <div class={readOnly ? 'form form-readonly' : 'form'}>
      {failure && (
        <p class="failure" role="alert">
          表单未能显示：{failure}
        </p>
      )}
      <div ref={container} />
    </div>
  );
}

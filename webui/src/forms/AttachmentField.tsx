import { Errors, Label } from '@bpmn-io/form-js-viewer';
import { useRef, useState } from 'preact/hooks';
import { messageOf } from '../api/errors';
import { documents } from '../api/documents';
import { attachmentsIn, sizeWords, valueOf, type Attachment, type Uploads } from './attachments';

interface Field {
  id: string;
  label?: string;
  accept?: string;
  multiple?: boolean | string;
  validate?: { required?: boolean };
}

/** What the viewer gives a field. */
interface FieldProps {
  field: Field;
  domId: string;
  value: unknown;
  errors?: string[];
  disabled?: boolean;
  readonly?: boolean;
  onChange: (change: { value: Attachment[] | null }) => void;
}

function FileList({ files, onRemove }: { files: Attachment[]; onRemove: ((file: Attachment) => void) | null }) {
  return (
    <ul class="attachments">
      {files.map((file) => (
        <li key={file.documentId}>
          <a href={documents.address(file.documentId)} target="_blank" rel="noopener">
            {file.name}
          </a>
          <span class="attachment-size">{sizeWords(file.size)}</span>
          {onRemove && (
            <button type="button" class="attachment-remove" aria-label={`移除${file.name}`} onClick={() => onRemove(file)}>
              移除
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The field `filepicker` of a form: what is chosen is uploaded at once, shown, and can be taken out again. */
export function attachmentField(uploads: Uploads) {
  function AttachmentField({ field, domId, value, errors = [], disabled, readonly, onChange }: FieldProps) {
    const input = useRef<HTMLInputElement>(null);
    const [sending, setSending] = useState(0);
    const [failure, setFailure] = useState('');
    const files = attachmentsIn(value);
    const current = useRef(files);
    current.current = files;
    const required = field.validate?.required === true;
    const several = field.multiple === true || field.multiple === 'true';
    const fixed = Boolean(disabled || readonly);

    const set = (next: Attachment[]) => {
      current.current = next;
      onChange({ value: valueOf(next, required) });
    };
    const add = async (chosen: File[]) => {
      setFailure('');
      setSending(chosen.length);
      for (const file of several ? chosen : chosen.slice(0, 1)) {
        try {
          const sent = await uploads.send(file);
          set(several ? [...current.current, sent] : [sent]);
        } catch (error) {
          setFailure(`${file.name}：${messageOf(error)}`);
        }
      }
      setSending(0);
      if (input.current) input.current.value = '';
    };

    const wrong = errors.length > 0;
    return (
      <div class={`fjs-form-field fjs-form-field-filepicker${wrong ? ' fjs-has-errors' : ''}${readonly ? ' fjs-readonly' : ''}`}>
        <Label htmlFor={domId} label={field.label} required={required} />
        {files.length > 0 && (
          <FileList
            files={files}
            onRemove={fixed ? null : (file) => set(files.filter((each) => each.documentId !== file.documentId))}
          />
        )}
        {fixed && files.length === 0 && <p class="attachments-none">（无附件）</p>}
        {!fixed && (several || files.length === 0) && (
          <div class="attachment-add">
            <input
              ref={input}
              id={domId}
              type="file"
              class="attachment-input"
              accept={field.accept}
              multiple={several}
              aria-invalid={wrong || Boolean(failure)}
              disabled={sending > 0}
              onChange={(event) => void add(Array.from(event.currentTarget.files ?? []))}
            />
            <button type="button" class="attachment-button" disabled={sending > 0} onClick={() => input.current?.click()}>
              {sending > 0 ? '正在上传……' : several ? '添加文件' : '选择文件'}
            </button>
            {field.accept && <span class="attachment-kinds">{field.accept.replace(/\./g, '').replace(/,/g, '、')}</span>}
          </div>
        )}
        {failure && (
          <p class="attachment-failure" role="alert">
            {failure}
          </p>
        )}
        <Errors id={`${domId}-error-message`} errors={errors} />
      </div>
    );
  }
  AttachmentField.config = {
    type: 'filepicker',
    keyed: true,
    label: '附件',
    group: 'basic-input',
    emptyValue: null,
    create: (options: object = {}) => ({ ...options }),
  };
  return AttachmentField;
}

interface FormFields {
  register: (type: string, field: unknown) => void;
}

/** Puts the field into a form in place of the viewer's own, which keeps files in the browser. */
export function attachmentModule(uploads: Uploads) {
  function register(formFields: FormFields) {
    formFields.register('filepicker', attachmentField(uploads));
  }
  register.$inject = ['formFields'];
  return { __init__: ['attachmentField'], attachmentField: ['type', register] };
}

import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { documents } from '../../api/documents';
import { newIdempotencyKey } from '../../api/client';
import { texts, type CaseText } from '../../api/texts';
import { TextField } from '../../components/dialogs/fields';
import { useAct } from '../../components/dialogs/useAct';
import { FileField } from '../../components/fields/FileField';
import type { FormHandle } from '../../forms/handle';
import { showDone } from '../../state/notices';
import { useKeptText } from '../task/keptText';
import { TextVersions } from './TextVersions';
import { noteUnsaved } from './unsaved';

interface TextDraftProps {
  taskKey: string;
  name: string;
  /** With its versions; undefined while there is none. */
  text: CaseText | undefined;
  /** The newest version. */
  content: string;
  /** The field of the task's form in which it is typed; null where it is typed here. */
  field: string | null;
  form: RefObject<FormHandle>;
  onSaved: () => void;
}

/** A version is typed or comes as a Word file; whose version was changed is said, so that nobody's is overwritten. */
export function TextDraft({ taskKey, name, text, content, field, form, onSaved }: TextDraftProps) {
  const base = text?.versions[0]?.version ?? 0;
  // Of this version only: what somebody saved meanwhile is not overwritten by what was typed before.
  const [kept, keep] = useKeptText(`banjie.text.${taskKey}.${name}.${base}`);
  const [typed, setTyped] = useState(kept || content);
  const type = (next: string) => {
    setTyped(next);
    keep(next === content ? '' : next);
  };
  const [file, setFile] = useState<File | null>(null);
  const [note, setNote] = useState('');
  const act = useAct(['content', 'documentId', 'note']);
  const uploaded = useRef<{ file: File; documentId: string } | null>(null);
  const changed = (!field && typed !== content) || file !== null;
  const saving = useRef<HTMLButtonElement>(null);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const show = () => {
      setWanted(true);
      saving.current?.scrollIntoView({ block: 'center' });
      saving.current?.focus({ preventScroll: true });
    };
    noteUnsaved(taskKey, changed, show);
    return () => noteUnsaved(taskKey, false, show);
  }, [taskKey, changed]);

  /** The form's field has what the server now says, else a later submission would bring the former text back. */
  const shown = async (version: number) => {
    if (field && text) {
      const fresh = await texts.version(text.processInstanceKey, name, version);
      form.current?.fill(field, fresh.content.join('\n'));
    }
  };
  const finish = (said: string) => {
    keep('');
    showDone(said);
    onSaved();
  };
  /** Uploads a file once: a second try of the same act must send the same. */
  const documentOf = async (chosen: File): Promise<string> => {
    if (uploaded.current?.file !== chosen) {
      const { documentId } = await documents.upload(chosen, { taskKey }, '', newIdempotencyKey());
      uploaded.current = { file: chosen, documentId };
    }
    return uploaded.current.documentId;
  };
  const written = (): string => {
    if (!field) return typed;
    const value = form.current?.values()[field];
    return typeof value === 'string' ? value : '';
  };
  const save = async () => {
    const said = written();
    const wrong = { content: file || said.trim() ? '' : '请先写正文，或者选择 Word 文件。' };
    let version = 0;
    const done = await act.run(async (key) => {
      const sent = file ? { documentId: await documentOf(file) } : { content: said };
      ({ version } = await texts.save(taskKey, name, { baseVersion: base, ...sent, note: note.trim() || null }, key));
      if (file) await shown(version);
    }, wrong);
    if (done) finish(`${name}已保存为第 ${version} 稿。`);
  };
  const restore = async (earlier: number) => {
    let version = 0;
    const done = await act.run(async (key) => {
      ({ version } = await texts.restore(taskKey, name, base, earlier, key));
      await shown(version);
    });
    if (done) finish(`第 ${earlier} 稿已恢复为第 ${version} 稿。`);
  };
  const { fields, rest } = act.problems;
  return (
    <div class="form-stack">
      {field ? (
        <p class="muted">正文在上面的表单中填写；提交时自动成稿，也可以先在这里保存一稿。</p>
      ) : (
        <textarea
          class="input text-editor"
          aria-label={`${name}内容`}
          maxLength={250_000}
          value={typed}
          aria-invalid={Boolean(fields['content'])}
          onInput={(event) => type(event.currentTarget.value)}
        />
      )}
      <div class="form-grid">
        <FileField
          label="或者上传 Word 文件（.docx）"
          accept=".docx"
          problem={fields['documentId']}
          onChange={setFile}
        />
        <TextField label="修改说明" optional maxLength={500} value={note} problem={fields['note']} onChange={setNote} />
      </div>
      <div class="form-foot">
        <p class="field-error" role="alert">
          {fields['content'] ?? rest}
        </p>
        {changed && (
          <span class={wanted ? 'field-error' : 'muted'} role={wanted ? 'alert' : 'status'}>
            {wanted ? '正文有改动还没有保存为新稿，请先保存再提交。' : '有改动还没有保存为新稿'}
          </span>
        )}
        <button ref={saving} type="button" class="button" aria-disabled={act.busy} onClick={() => void (act.busy || save())}>
          {act.busy ? '正在保存……' : '保存为新稿'}
        </button>
      </div>
      {text && <TextVersions text={text} onRestore={(version) => void (act.busy || restore(version))} />}
    </div>
  );
}

import type { RefObject } from 'preact';
import { papers, type PreviewablePaper } from '../../api/papers';
import type { UserTaskDetail } from '../../api/types';
import type { FormHandle } from '../../forms/handle';
import { showError } from '../../state/notices';
import { useSubmission } from '../../state/submission';

/** Hands a file to the browser to save. */
function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function Preview({ task, paper, form }: { task: UserTaskDetail; paper: PreviewablePaper; form: RefObject<FormHandle> }) {
  const [busy, submit] = useSubmission();
  const look = async () => {
    try {
      const content = await submit(() => papers.preview(task.key, paper.id, form.current?.values() ?? {}));
      if (content) save(content, `${paper.title}（预览）.docx`);
    } catch (error) {
      showError(error);
    }
  };
  return (
    <li class="entry-line">
      <span>{paper.title}</span>
      <button type="button" class="link" disabled={busy} onClick={() => void look()}>
        {busy ? '正在生成……' : '预览'}
      </button>
    </li>
  );
}

/** Papers that this step issues or signs, as they would be with the form as it is filled in. */
export function PaperPreviews({ task, form }: { task: UserTaskDetail; form: RefObject<FormHandle> }) {
  if (!task.papers?.length) return null;
  return (
    <section class="aside-block" aria-label="文书预览">
      <h3>文书预览</h3>
      <ul class="plain-list">
        {task.papers.map((paper) => (
          <Preview key={paper.id} task={task} paper={paper} form={form} />
        ))}
      </ul>
    </section>
  );
}

import '../../components/side.css';
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { papers, type PreviewablePaper, type PrintedPreview } from '../../api/papers';
import type { UserTaskDetail } from '../../api/types';
import type { FormHandle } from '../../forms/handle';
import { showError } from '../../state/notices';
import { useSubmission } from '../../state/submission';

const PAUSE = 1000;

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

/** The preview that was ordered, read again until it is printed. */
function usePrinted(): [PrintedPreview | null, (key: string) => void] {
  const [key, order] = useState<string | null>(null);
  const [printed, setPrinted] = useState<PrintedPreview | null>(null);
  useEffect(() => {
    setPrinted(null);
    if (key === null) return undefined;
    let timer = 0;
    let gone = false;
    const look = async () => {
      try {
        const found = await papers.printed(key);
        if (gone) return;
        setPrinted(found);
        if (found.state === 'PENDING' || found.state === 'RUNNING') timer = window.setTimeout(() => void look(), PAUSE);
      } catch (error) {
        if (!gone) showError(error);
      }
    };
    void look();
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [key]);
  return [printed, order];
}

function Printed({ printed }: { printed: PrintedPreview }) {
  if (printed.state === 'FAILED') return <span class="field-error">{printed.message}</span>;
  if (printed.state !== 'DONE') return <span class="muted">正在生成 PDF……</span>;
  return (
    <a class="link" href={papers.printedAddress(printed.key)} target="_blank" rel="noopener">
      打开预览（PDF）
    </a>
  );
}

function Preview({ task, paper, form }: { task: UserTaskDetail; paper: PreviewablePaper; form: RefObject<FormHandle> }) {
  const [busy, submit] = useSubmission();
  const [printed, order] = usePrinted();
  const values = () => form.current?.values() ?? {};
  const tried = (act: () => Promise<void>) => async () => {
    try {
      await act();
    } catch (error) {
      showError(error);
    }
  };
  const print = tried(async () => {
    const ordered = await submit(() => papers.orderPrinted(task.key, paper.id, values()));
    if (ordered) order(ordered.key);
  });
  const fetchWord = tried(async () => {
    const content = await submit(() => papers.preview(task.key, paper.id, values()));
    if (content) save(content, `${paper.title}（预览）.docx`);
  });
  return (
    <li class="entry-line">
      <span>{paper.title}</span>
      <span class="button-row" aria-live="polite">
        {printed && <Printed printed={printed} />}
        <button type="button" class="link" disabled={busy} onClick={() => void print()}>
          {printed ? '重新预览' : '预览'}
        </button>
        <button type="button" class="link" disabled={busy} onClick={() => void fetchWord()}>
          Word 文件
        </button>
      </span>
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

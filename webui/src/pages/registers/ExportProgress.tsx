import { useEffect } from 'preact/hooks';
import { documents } from '../../api/documents';
import { registers, type RegisterExport } from '../../api/registers';
import { Loaded } from '../../components/Loaded';
import { useLoading, type Loading } from '../../state/loading';
import { showError } from '../../state/notices';
import { useSubmission } from '../../state/submission';

const PAUSE = 1000;

export const EXPORT_STATES: Record<RegisterExport['state'], { word: string; tone: string }> = {
  PENDING: { word: '排队中', tone: 'tag tag-accent' },
  RUNNING: { word: '正在导出', tone: 'tag tag-accent' },
  DONE: { word: '已完成', tone: 'tag tag-good' },
  FAILED: { word: '失败', tone: 'tag tag-danger' },
  CANCELED: { word: '已停止', tone: 'tag' },
};

export const isOpen = (each: RegisterExport): boolean => each.state === 'PENDING' || each.state === 'RUNNING';

/** One's own exports, read again while some of them are being made. */
export function useExports(): Loading<{ items: RegisterExport[] }> {
  const loading = useLoading(() => registers.exports(), []);
  const { value, busy, reload } = loading;
  const waiting = value?.items.some(isOpen) ?? false;
  useEffect(() => {
    if (busy || !waiting) return undefined;
    const timer = window.setTimeout(reload, PAUSE);
    return () => window.clearTimeout(timer);
  }, [busy, waiting, reload]);
  return loading;
}

/** How far an export is: a bar while it is made, then the file or why there is none. */
export function ExportState({ item, onChange }: { item: RegisterExport; onChange: () => void }) {
  const [busy, submit] = useSubmission();
  const state = EXPORT_STATES[item.state];
  const stop = async () => {
    try {
      await submit((key) => registers.cancel(item.key, key));
      onChange();
    } catch (error) {
      showError(error);
    }
  };
  return (
    <div class="button-row">
      <span class={state.tone}>{state.word}</span>
      {isOpen(item) && (
        <>
          <progress max={Math.max(item.total, 1)} value={item.done} aria-label="导出进度" />
          <span class="muted">
            {item.done} / {item.total} 条
          </span>
          <button type="button" class="button button-small" disabled={busy} onClick={() => void stop()}>
            停止
          </button>
        </>
      )}
      {item.documentId && (
        <a class="button button-small" href={documents.address(item.documentId)} download>
          下载 Excel
        </a>
      )}
      {item.message && <span class={item.state === 'FAILED' ? 'field-error' : 'muted'}>{item.message}</span>}
    </div>
  );
}

/** The export that was just ordered, above the list it is of. */
export function ExportProgress({ exportKey, onClose }: { exportKey: string; onClose: () => void }) {
  const loading = useExports();
  return (
    <section class="register-export" aria-label="导出" aria-live="polite">
      <Loaded of={loading}>
        {({ items }) => {
          const item = items.find((each) => each.key === exportKey);
          return item ? <ExportState item={item} onChange={loading.reload} /> : <p class="muted">这次导出已不在了。</p>;
        }}
      </Loaded>
      <button type="button" class="link" onClick={onClose}>
        收起
      </button>
    </section>
  );
}

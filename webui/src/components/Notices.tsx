import { dismiss, notices } from '../state/notices';

/** What was just done or refused; read aloud, and never in the way of the action bar. */
export function Notices() {
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.value.map((notice) => (
        <div key={notice.id} class={`notice notice-${notice.tone}`}>
          <span>
            <b>{notice.tone === 'done' ? '完成' : '未能完成'}</b> {notice.text}
          </span>
          <button type="button" class="notice-close" aria-label="关闭提示" onClick={() => dismiss(notice.id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}

import { archives, type ArchivePackage } from '../../api/archives';
import { documents } from '../../api/documents';
import { Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { sizeWords } from '../../forms/attachments';
import { useLoading } from '../../state/loading';
import { showDone, showError } from '../../state/notices';
import { useSubmission } from '../../state/submission';

const STATES = {
  PENDING: { word: '等待制作', tone: 'tag tag-accent' },
  DONE: { word: '已归档', tone: 'tag tag-good' },
  REFUSED: { word: '不能归档', tone: 'tag tag-danger' },
} as const;

function Package({ item }: { item: ArchivePackage }) {
  return (
    <li class="case-file">
      <a class="link" href={documents.address(item.documentId)} download>
        {item.fileName}
      </a>
      <span class="muted">
        {sizeWords(item.size)} · {item.category} · {item.period} · {formatMoment(item.archivedAt)}
      </span>
      <span class="muted cell-sub cell-code">SM3 {item.sm3}</span>
    </li>
  );
}

/** 归档 of an ended case: its packages, what is missing, and the order of another package. */
export function CaseArchive({ caseKey }: { caseKey: string }) {
  const loading = useLoading(() => archives.ofCase(caseKey), [caseKey]);
  const [busy, submit] = useSubmission();
  const order = async () => {
    try {
      await submit((key) => archives.order(caseKey, key));
      showDone('已安排制作归档包，稍后可以下载。');
      loading.reload();
    } catch (error) {
      showError(error);
    }
  };
  return (
    <section class="sheet" aria-label="归档">
      <h2>归档</h2>
      <Loaded of={loading}>
        {({ state, problems, orderedBy, orderedAt, packages }) => (
          <>
            <div class="button-row">
              {(packages.length > 0 || state !== 'DONE') && <span class={STATES[state].tone}>{STATES[state].word}</span>}
              {orderedAt && (
                <span class="muted">
                  {nameOf(orderedBy)} {formatMoment(orderedAt)}
                </span>
              )}
              <button type="button" class="button button-small" disabled={busy || state === 'PENDING'} onClick={() => void order()}>
                {packages.length ? '重新制作归档包' : '制作归档包'}
              </button>
              <button type="button" class="link" onClick={loading.reload}>
                刷新
              </button>
            </div>
            {problems.map((problem) => (
              <p key={problem} class="field-error">
                {problem}
              </p>
            ))}
            {packages.length > 0 ? (
              <ul class="plain-list">
                {packages.map((item) => (
                  <Package key={item.documentId} item={item} />
                ))}
              </ul>
            ) : (
              <p class="muted">还没有归档包。</p>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

import '../../styles/content.css';
import '../cases/cases.css';
import './correspondence.css';
import { useEffect, useState } from 'preact/hooks';
import { copies, type Copy } from '../../api/correspondence';
import type { Page } from '../../api/types';
import { Empty, Failure, Waiting } from '../../components/Loaded';
import { Tabs } from '../../components/Tabs';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { refreshWaiting, waiting } from '../../state/correspondence';
import { showError } from '../../state/notices';
import { linkTo } from '../../state/route';
import { useSubmission } from '../../state/submission';
import { COPY_WORDS } from './words';

type Which = 'unread' | 'all';

const PAGE_SIZE = 30;

function Row({ copy, onRead }: { copy: Copy; onRead: (copy: Copy) => void }) {
  const [busy, submit] = useSubmission();
  const read = async () => {
    try {
      await submit((key) => copies.markRead(copy.key, key));
      onRead(copy);
    } catch (error) {
      showError(error);
    }
  };
  return (
    <tr>
      <td data-label="事项" class="cell-main">
        <a
          class="link"
          href={linkTo('cases', copy.processInstanceKey)}
          // What is sent for information is read when it is opened; 传阅 wants the reader's own word.
          onClick={() => copy.kind === 'COPY' && !copy.readAt && void read()}
        >
          {copy.caseTitle}
        </a>
      </td>
      <td data-label="方式" class="nowrap">
        {COPY_WORDS[copy.kind]}
      </td>
      <td data-label="来自" class="nowrap">
        {nameOf(copy.sentBy)}
        <span class="muted cell-sub">{formatMoment(copy.sentAt)}</span>
      </td>
      <td data-label="附言" class="cell-text">
        {copy.note ?? '—'}
      </td>
      <td data-label="状态" class="nowrap">
        {copy.readAt ? (
          <span class="muted">{formatMoment(copy.readAt)} 已阅</span>
        ) : (
          <button type="button" class="button button-small" disabled={busy} onClick={() => void read()}>
            已阅
          </button>
        )}
      </td>
    </tr>
  );
}

/** 传阅: what others sent this person to read, unread first; reading is receipted. */
export function CopiesView() {
  const [which, setWhich] = useState<Which>('unread');
  const [page, setPage] = useState<Page<Copy> | null>(null);
  const [failure, setFailure] = useState<unknown>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    setFailure(undefined);
    copies.list(which, null, PAGE_SIZE).then(
      (answer) => wanted && setPage(answer),
      (error: unknown) => wanted && setFailure(error),
    );
    return () => {
      wanted = false;
    };
  }, [which, turn]);

  const more = async () => {
    if (!page?.nextCursor) return;
    try {
      const next = await copies.list(which, page.nextCursor, PAGE_SIZE);
      setPage({ ...next, items: [...page.items, ...next.items] });
    } catch (error) {
      setFailure(error);
    }
  };
  const read = ({ key }: Copy) => {
    void refreshWaiting();
    if (!page) return;
    const readAt = new Date().toISOString();
    const items =
      which === 'unread'
        ? page.items.filter((copy) => copy.key !== key)
        : page.items.map((copy) => (copy.key === key ? { ...copy, readAt } : copy));
    setPage({ ...page, items });
  };

  return (
    <>
      <Tabs
        label="传阅"
        current={which}
        onSelect={(next) => {
          setPage(null);
          setWhich(next);
        }}
        tabs={[
          { id: 'unread', label: '未阅', count: waiting.value.unread },
          { id: 'all', label: '全部' },
        ]}
      />
      {failure !== undefined ? (
        <Failure error={failure} onRetry={() => setTurn(turn + 1)} />
      ) : !page ? (
        <Waiting />
      ) : !page.items.length ? (
        <Empty>{which === 'unread' ? '没有未阅的抄送或者传阅。' : '还没有人向您抄送或者传阅。'}</Empty>
      ) : (
        <div class="table-frame">
          <table class="table">
            <thead>
              <tr>
                <th>事项</th>
                <th>方式</th>
                <th>来自</th>
                <th>附言</th>
                <th>状态</th>
              </tr>
            </thead>
            <tbody>
              {page.items.map((copy) => (
                <Row key={copy.key} copy={copy} onRead={read} />
              ))}
            </tbody>
          </table>
          {page.nextCursor && (
            <p class="list-foot">
              <button type="button" class="button" onClick={() => void more()}>
                加载更多
              </button>
            </p>
          )}
        </div>
      )}
    </>
  );
}

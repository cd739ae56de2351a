import '../../styles/content.css';
import './notices.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { notices, type Told } from '../../api/notices';
import { Empty, Failure, Waiting } from '../../components/Loaded';
import { Tabs } from '../../components/Tabs';
import { formatShortMoment } from '../../format/dates';
import { showDone, showError } from '../../state/notices';
import { linkTo } from '../../state/route';
import { refreshUnread, unread } from '../../state/unread';
import { kindOf, placeOf } from './words';

type Tab = 'unread' | 'all';

interface Listed {
  items: Told[];
  nextCursor: string | null;
  busy: boolean;
  error?: unknown;
}

const NOTHING: Listed = { items: [], nextCursor: null, busy: true };

function Row({ notice, onRead }: { notice: Told; onRead: () => void }) {
  const kind = kindOf(notice.kind);
  const place = placeOf(notice);
  const content = (
    <>
      <span class={`tag${kind.tone ? ` tag-${kind.tone}` : ''}`}>{kind.word}</span>
      <span class="told-text">{notice.text}</span>
      <time class="muted nowrap" dateTime={notice.createdAt}>
        {formatShortMoment(notice.createdAt, Date.now())}
      </time>
    </>
  );
  return (
    <li class={notice.readAt ? 'told told-read' : 'told'}>
      {place ? (
        <a class="told-link" href={linkTo(...place)} onClick={onRead}>
          {content}
        </a>
      ) : (
        <span class="told-link">{content}</span>
      )}
      {notice.readAt ? (
        <span class="muted told-state">已读</span>
      ) : (
        <button type="button" class="button button-small told-state" onClick={onRead}>
          标为已读
        </button>
      )}
    </li>
  );
}

function useNotices(tab: Tab) {
  const [listed, setListed] = useState<Listed>(NOTHING);
  const turn = useRef(0);
  const load = async (cursor: string | null) => {
    const mine = (turn.current += 1);
    setListed((before) => ({ ...before, busy: true, error: undefined }));
    try {
      const page = await notices.list(tab === 'unread', cursor);
      if (mine !== turn.current) return;
      unread.value = page.total;
      setListed((before) => ({
        items: cursor ? [...before.items, ...page.items] : page.items,
        nextCursor: page.nextCursor,
        busy: false,
      }));
    } catch (error) {
      if (mine === turn.current) setListed((before) => ({ ...before, busy: false, error }));
    }
  };
  useEffect(() => {
    setListed(NOTHING);
    void load(null);
    return () => {
      turn.current += 1;
    };
  }, [tab]);
  const mark = (keys: Set<string> | null) => {
    const at = new Date().toISOString();
    setListed((before) => ({
      ...before,
      items: before.items.map((item) => (item.readAt || (keys && !keys.has(item.key)) ? item : { ...item, readAt: at })),
    }));
  };
  return { listed, load, mark };
}

/** 通知: what the person was told of, newest first; who follows one has read it. */
export function NoticesPage() {
  const [tab, setTab] = useState<Tab>('unread');
  const { listed, load, mark } = useNotices(tab);
  const read = async (keys: string[] | null) => {
    try {
      const { count } = await notices.markRead(keys ?? undefined);
      mark(keys && new Set(keys));
      if (!keys) showDone(`已将 ${count} 条通知标为已读。`);
    } catch (error) {
      showError(error);
    }
    void refreshUnread();
  };
  const { items, nextCursor, busy, error } = listed;
  return (
    <div class="page">
      <div class="page-head">
        <h1>通知</h1>
        <button type="button" class="button" disabled={!unread.value} onClick={() => void read(null)}>
          全部标为已读
        </button>
      </div>
      <Tabs
        label="通知"
        current={tab}
        onSelect={setTab}
        tabs={[
          { id: 'unread', label: '未读', count: unread.value },
          { id: 'all', label: '全部' },
        ]}
      />
      {items.length > 0 && (
        <ul class="told-list">
          {items.map((notice) => (
            <Row
              key={notice.key}
              notice={notice}
              onRead={() => {
                if (!notice.readAt) void read([notice.key]);
              }}
            />
          ))}
        </ul>
      )}
      {error !== undefined ? (
        <Failure error={error} onRetry={() => void load(null)} />
      ) : (
        <>
          {busy && !items.length && <Waiting />}
          {!busy && !items.length && <Empty>{tab === 'unread' ? '没有未读的通知。' : '还没有通知。'}</Empty>}
          {nextCursor && (
            <p class="list-foot">
              <button type="button" class="button" disabled={busy} onClick={() => void load(nextCursor)}>
                {busy ? '正在加载……' : '显示更早的'}
              </button>
            </p>
          )}
        </>
      )}
    </div>
  );
}

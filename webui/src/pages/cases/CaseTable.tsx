import '../../styles/content.css';
import './cases.css';
import { useEffect, useState } from 'preact/hooks';
import { cases } from '../../api/endpoints';
import type { Case, Page } from '../../api/types';
import { DueLight } from '../../components/DueLight';
import { Empty, Failure, Waiting } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { nameOf, STATE_WORDS } from '../../format/text';
import { linkTo } from '../../state/route';

export interface CaseTableProps {
  tab: 'started' | 'all';
  search: string;
  procedure: string;
  state: string;
}

const PAGE_SIZE = 30;

/** The clock that presses most: the running one that is due first. */
export function pressingClock(item: Case): Case['clocks'][number] | null {
  const open = item.clocks.filter((clock) => clock.state !== 'stopped' && (clock.dueAt || clock.state === 'suspended'));
  return open.sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'))[0] ?? null;
}

export function StateTag({ item }: { item: Pick<Case, 'state' | 'hasIncident'> }) {
  return (
    <>
      <span class={`tag tag-${item.state.toLowerCase()}`}>{STATE_WORDS[item.state] ?? item.state}</span>
      {item.hasIncident && <span class="tag tag-danger">异常</span>}
    </>
  );
}

function Row({ item }: { item: Case }) {
  const clock = item.state === 'ACTIVE' ? pressingClock(item) : null;
  return (
    <tr>
      <td data-label="事项" class="cell-main">
        <a class="link" href={linkTo('cases', item.key)}>
          {item.caseTitle}
        </a>
        <span class="muted cell-sub">{item.procedureName}</span>
      </td>
      <td data-label="状态">
        <StateTag item={item} />
      </td>
      <td data-label="当前步骤">
        {item.currentElements.length
          ? item.currentElements.map((element) => (
              <div key={element.elementId}>
                {element.name}　<span class="muted holder">{element.assignees.join('、') || '待认领'}</span>
              </div>
            ))
          : '—'}
      </td>
      <td data-label="期限">
        {clock ? (
          <DueLight
            dueAt={clock.dueAt}
            light={clock.state === 'suspended' ? 'paused' : clock.light}
            provisional={clock.provisional}
            remainingWorkingDays={clock.remainingWorkingDays}
          />
        ) : (
          '—'
        )}
      </td>
      <td data-label="发起">
        {nameOf(item.initiator)}
        <span class="muted cell-sub nowrap">{formatMoment(item.startedAt)}</span>
      </td>
      <td data-label="办结" class="nowrap">{formatMoment(item.endedAt)}</td>
    </tr>
  );
}

/** Cases as a table, thirty at a time. */
export function CaseTable({ tab, search, procedure, state }: CaseTableProps) {
  const [page, setPage] = useState<Page<Case> | null>(null);
  const [failure, setFailure] = useState<unknown>();
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    setFailure(undefined);
    cases.list(tab, { search, procedure, state, limit: PAGE_SIZE }, controller.signal).then(setPage, (error: unknown) => {
      if (!controller.signal.aborted) setFailure(error);
    });
    return () => controller.abort();
  }, [tab, search, procedure, state, turn]);

  const more = async () => {
    if (!page?.nextCursor) return;
    try {
      const next = await cases.list(tab, { search, procedure, state, limit: PAGE_SIZE, cursor: page.nextCursor });
      setPage({ ...next, items: [...page.items, ...next.items] });
    } catch (error) {
      setFailure(error);
    }
  };

  if (failure !== undefined) return <Failure error={failure} onRetry={() => setTurn(turn + 1)} />;
  if (!page) return <Waiting />;
  if (!page.items.length) return <Empty>{search || procedure || state ? '没有符合条件的事项。' : '还没有发起过事项。'}</Empty>;
  return (
    <div class="table-frame">
      <table class="table table-cases">
        <thead>
          <tr>
            <th>事项</th>
            <th>状态</th>
            <th>当前步骤</th>
            <th>期限</th>
            <th>发起</th>
            <th>办结</th>
          </tr>
        </thead>
        <tbody>
          {page.items.map((item) => (
            <Row key={item.key} item={item} />
          ))}
        </tbody>
      </table>
      <p class="list-foot muted">
        {page.nextCursor && (
          <button type="button" class="button" onClick={() => void more()}>
            加载更多
          </button>
        )}
        <span>
          已显示 {page.items.length} 件，共 {page.total} 件
        </span>
      </p>
    </div>
  );
}

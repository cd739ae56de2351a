import type { UserTask } from '../../api/types';
import { DueLight } from '../../components/DueLight';
import { Empty, Failure, Waiting } from '../../components/Loaded';
import { formatShortMoment } from '../../format/dates';
import { counts } from '../../state/counts';
import { loadMore, reloadInbox, type Inbox, type TaskTab } from '../../state/inbox';
import { linkTo } from '../../state/route';
import { loadTaskPane } from './loadTaskPane';

/** As many as the server takes in one request. */
const MOST_AT_ONCE = 100;

interface TaskListProps {
  tab: TaskTab;
  selected: string | undefined;
  filtered: boolean;
  inbox: Inbox;
  /** What is picked for 批量办理; null while nobody picks. */
  picked: ReadonlySet<string> | null;
  onPick: (picked: ReadonlySet<string> | null) => void;
  onBatch: (keys: string[]) => void;
}

function moveFocus(event: KeyboardEvent): void {
  const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (!move) return;
  const list = event.currentTarget as HTMLElement;
  const rows = Array.from(list.querySelectorAll<HTMLElement>('a.row'));
  const next = rows[rows.indexOf(document.activeElement as HTMLElement) + move];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function Holder({ task, tab }: { task: UserTask; tab: TaskTab }) {
  if (tab === 'done') return <span class="tag">{task.outcome ?? (task.state === 'CANCELED' ? '已取消' : '已办')}</span>;
  if (!task.assignee) return <span class="tag tag-accent">待认领</span>;
  return null;
}

interface RowProps {
  task: UserTask;
  tab: TaskTab;
  selected: boolean;
  picked: ReadonlySet<string> | null;
  onPick: (key: string) => void;
}

function Row({ task, tab, selected, picked, onPick }: RowProps) {
  const prefetch = () => void loadTaskPane();
  return (
    <li class={picked ? 'pickable' : undefined}>
      {picked && (
        <input
          type="checkbox"
          aria-label={`选择：${task.name}，${task.caseTitle}`}
          checked={picked.has(task.key)}
          onChange={() => onPick(task.key)}
        />
      )}
      <a
        class="row"
        href={linkTo(tab, task.key)}
        aria-current={selected ? 'true' : undefined}
        onPointerEnter={prefetch}
        onFocus={prefetch}
      >
        <span class="row-line">
          <b class="row-name">{task.name}</b>
          {tab === 'todo' && (
            <DueLight
              dueAt={task.dueAt}
              light={task.light}
              provisional={task.dueProvisional}
              remainingWorkingDays={task.remainingWorkingDays}
            />
          )}
        </span>
        <span class="row-title">{task.caseTitle}</span>
        <span class="row-line row-facts">
          <span class="row-procedure">{task.procedureName}</span>
          {task.onBehalfOf && <span class="tag tag-warning">代{task.onBehalfOf.name}</span>}
          <Holder task={task} tab={tab} />
          <time dateTime={task.completedAt ?? task.createdAt}>
            {formatShortMoment(task.completedAt ?? task.createdAt, Date.now())}
          </time>
        </span>
      </a>
    </li>
  );
}

/** What is picked, and what to do with it. */
function PickBar({ inbox, picked, onPick, onBatch }: Pick<TaskListProps, 'inbox' | 'onPick' | 'onBatch'> & { picked: ReadonlySet<string> }) {
  const all = inbox.items.length > 0 && inbox.items.every((task) => picked.has(task.key));
  return (
    <div class="pick-bar" role="group" aria-label="批量办理">
      <label>
        <input
          type="checkbox"
          checked={all}
          onChange={() => onPick(new Set(all ? [] : inbox.items.slice(0, MOST_AT_ONCE).map((task) => task.key)))}
        />{' '}
        全选
      </label>
      <span class="muted" role="status">
        已选 {picked.size} 件
      </span>
      <button type="button" class="button" onClick={() => onPick(null)}>
        取消
      </button>
      <button
        type="button"
        class="button button-primary"
        disabled={!picked.size || picked.size > MOST_AT_ONCE}
        onClick={() => onBatch([...picked])}
      >
        批量办理
      </button>
    </div>
  );
}

/** The list of user tasks: name, due date, case, where it comes from. */
export function TaskList({ tab, selected, filtered, inbox, picked, onPick, onBatch }: TaskListProps) {
  const { items, busy, error, nextCursor, total } = inbox;
  const label = tab === 'todo' ? '待办列表' : '已办列表';
  const waiting = tab === 'todo' && !filtered && !busy ? (counts.value?.todo ?? 0) - total : 0;
  const pick = (key: string) => {
    const next = new Set(picked);
    if (!next.delete(key)) next.add(key);
    onPick(next);
  };
  return (
    <section class="list" aria-label={label} aria-busy={busy}>
      {error !== undefined && <Failure error={error} onRetry={() => void reloadInbox()} />}
      {busy && items.length === 0 && <Waiting />}
      {!busy && error === undefined && items.length === 0 && (
        <Empty>{filtered ? '没有符合条件的事项。' : tab === 'todo' ? '待办已全部办完。' : '还没有已办事项。'}</Empty>
      )}
      {waiting > 0 && (
        <button type="button" class="list-news" onClick={() => void reloadInbox()}>
          有 {waiting} 件新待办，点击刷新
        </button>
      )}
      <ul class="rows" onKeyDown={moveFocus}>
        {items.map((task) => (
          <Row
            key={task.key}
            task={task}
            tab={tab}
            selected={task.key === selected}
            picked={picked}
            onPick={pick}
          />
        ))}
      </ul>
      {items.length > 0 && (
        <p class="list-foot muted">
          {nextCursor ? (
            <button type="button" class="button" disabled={busy} onClick={() => void loadMore()}>
              加载更多
            </button>
          ) : null}
          <span>
            已显示 {items.length} 件，共 {total} 件
          </span>
        </p>
      )}
      {picked && <PickBar inbox={inbox} picked={picked} onPick={onPick} onBatch={onBatch} />}
    </section>
  );
}

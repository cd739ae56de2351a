import { useEffect, useState } from 'preact/hooks';
import { lazy } from '../../components/lazy';
import { SearchField } from '../../components/SearchField';
import { Tabs } from '../../components/Tabs';
import { refreshWaiting, waiting } from '../../state/correspondence';
import { counts, refreshCounts } from '../../state/counts';
import { inbox, reloadInbox, showInbox, type TaskTab } from '../../state/inbox';
import { navigate, segments } from '../../state/route';
import { ProcedureFilter } from './ProcedureFilter';
import { TaskList } from './TaskList';
import { loadTaskPane } from './loadTaskPane';

const TaskPane = lazy(loadTaskPane);
const CaseTable = lazy(() => import('../cases/CaseTable').then((module) => module.CaseTable));

const CopiesView = lazy(() => import('../correspondence/CopiesView').then((module) => module.CopiesView));
const PendingView = lazy(() => import('../correspondence/PendingView').then((module) => module.PendingView));
const BatchDialog = lazy(() => import('../batch/BatchDialog').then((module) => module.BatchDialog));

const TABLES = ['started', 'copies', 'pending'] as const;

type TableTab = (typeof TABLES)[number];
type InboxTab = TaskTab | TableTab;

function currentTab(): InboxTab {
  const [first] = segments.value;
  return first === 'done' ? first : (TABLES.find((table) => table === first) ?? 'todo');
}

const isTable = (tab: InboxTab): tab is TableTab => TABLES.some((table) => table === tab);

function refresh(): void {
  void reloadInbox();
  void refreshCounts();
}

function TableOf({ tab, search, procedure }: { tab: TableTab; search: string; procedure: string }) {
  if (tab === 'copies') return <CopiesView />;
  if (tab === 'pending') return <PendingView />;
  return <CaseTable tab="started" search={search} procedure={procedure} state="" />;
}

function NothingOpen({ tab }: { tab: TaskTab }) {
  return (
    <section class="pane pane-empty">
      <p class="muted">{tab === 'todo' ? '从左侧选择一件待办，即可在此办理。' : '从左侧选择一件已办，查看办理情况。'}</p>
      <p class="muted keys">
        <kbd>↑</kbd> <kbd>↓</kbd> 在列表中移动，<kbd>Enter</kbd> 打开，<kbd>Ctrl</kbd>+<kbd>Enter</kbd> 提交
      </p>
    </section>
  );
}

/** 工作台: 待办 and 已办 as a list with the task beside it, 我发起, 传阅 and 待确认 as tables. */
export function InboxPage() {
  const tab = currentTab();
  const key = segments.value[1];
  const [search, setSearch] = useState('');
  const [procedure, setProcedure] = useState('');
  // What is picked for 批量办理; null while nobody picks.
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(null);
  const [batch, setBatch] = useState<string[] | null>(null);
  useEffect(() => {
    setPicked(null);
    if (!isTable(tab)) showInbox(tab, search, procedure);
  }, [tab, search, procedure]);
  // A table is read anew when its tab is pressed again.
  const [turn, setTurn] = useState(0);
  const count = counts.value;
  useEffect(() => void refreshWaiting(), [count]);
  const { unread, pending } = waiting.value;
  // With nothing open and nothing searched for, the list may change under nobody's hands.
  const idle = tab === 'todo' && !key && !search && !procedure;
  useEffect(() => {
    if (idle && count && count.todo !== inbox.value.total && !inbox.value.busy) void reloadInbox();
  }, [idle, count?.todo]);
  const select = (next: InboxTab) => {
    if (next === tab) {
      refresh();
      setTurn(turn + 1);
    }
    setSearch('');
    navigate([next]);
  };
  return (
    <div class={`inbox${key ? ' inbox-open' : ''}`}>
      <div class="inbox-head">
        <h1 class="visually-hidden">工作台</h1>
        <Tabs
          label="工作台"
          current={tab}
          onSelect={select}
          tabs={[
            { id: 'todo', label: '待办', count: count?.todo },
            { id: 'done', label: '已办', count: count?.done },
            { id: 'started', label: '我发起', count: count?.started },
            { id: 'copies', label: '传阅', count: unread },
            ...(pending || tab === 'pending' ? [{ id: 'pending' as const, label: '待确认', count: pending }] : []),
          ]}
        />
        {tab !== 'copies' && tab !== 'pending' && (
          <div class="inbox-tools">
            {tab === 'todo' && (
              <button
                type="button"
                class="button"
                aria-pressed={picked !== null}
                onClick={() => setPicked(picked ? null : new Set())}
              >
                批量
              </button>
            )}
            <ProcedureFilter value={procedure} onChange={setProcedure} />
            <SearchField label="搜索" placeholder="搜索标题、编号、申请人" value={search} onSearch={setSearch} />
          </div>
        )}
      </div>
      {isTable(tab) ? (
        <div class="inbox-cases">
          <TableOf key={`${tab}/${turn}`} tab={tab} search={search} procedure={procedure} />
        </div>
      ) : (
        <div class="inbox-split">
          <TaskList
            tab={tab}
            selected={key}
            filtered={Boolean(search || procedure)}
            inbox={inbox.value}
            picked={picked}
            onPick={setPicked}
            onBatch={setBatch}
          />
          {key ? <TaskPane key={key} taskKey={key} tab={tab} /> : <NothingOpen tab={tab} />}
        </div>
      )}
      {batch && (
        <BatchDialog
          keys={batch}
          onClose={(done) => {
            setBatch(null);
            if (!done) return;
            setPicked(null);
            navigate(['todo'], true);
            refresh();
          }}
        />
      )}
    </div>
  );
}

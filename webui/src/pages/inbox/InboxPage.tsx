import { useEffect, useState } from 'preact/hooks';
import { lazy } from '../../components/lazy';
import { SearchField } from '../../components/SearchField';
import { Tabs } from '../../components/Tabs';
import { counts, refreshCounts } from '../../state/counts';
import { inbox, reloadInbox, showInbox, type TaskTab } from '../../state/inbox';
import { navigate, segments } from '../../state/route';
import { ProcedureFilter } from './ProcedureFilter';
import { TaskList } from './TaskList';
import { loadTaskPane } from './loadTaskPane';

const TaskPane = lazy(loadTaskPane);
const CaseTable = lazy(() => import('../cases/CaseTable').then((module) => module.CaseTable));

type InboxTab = TaskTab | 'started';

function currentTab(): InboxTab {
  const [first] = segments.value;
  return first === 'done' || first === 'started' ? first : 'todo';
}

function refresh(): void {
  void reloadInbox();
  void refreshCounts();
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

/** 工作台: 待办 and 已办 as a list with the task beside it, 我发起 as a table of cases. */
export function InboxPage() {
  const tab = currentTab();
  const key = segments.value[1];
  const [search, setSearch] = useState('');
  const [procedure, setProcedure] = useState('');
  useEffect(() => {
    if (tab !== 'started') showInbox(tab, search, procedure);
  }, [tab, search, procedure]);
  const count = counts.value;
  // With nothing open and nothing searched for, the list may change under nobody's hands.
  const idle = tab === 'todo' && !key && !search && !procedure;
  useEffect(() => {
    if (idle && count && count.todo !== inbox.value.total && !inbox.value.busy) void reloadInbox();
  }, [idle, count?.todo]);
  const select = (next: InboxTab) => {
    if (next === tab) refresh();
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
          ]}
        />
        <div class="inbox-tools">
          <ProcedureFilter value={procedure} onChange={setProcedure} />
          <SearchField label="搜索" placeholder="搜索标题、编号、申请人" value={search} onSearch={setSearch} />
        </div>
      </div>
      {tab === 'started' ? (
        <div class="inbox-cases">
          <CaseTable tab="started" search={search} procedure={procedure} state="" />
        </div>
      ) : (
        <div class="inbox-split">
          <TaskList tab={tab} selected={key} filtered={Boolean(search || procedure)} inbox={inbox.value} />
          {key ? <TaskPane key={key} taskKey={key} tab={tab} /> : <NothingOpen tab={tab} />}
        </div>
      )}
    </div>
  );
}

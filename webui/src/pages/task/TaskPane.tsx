import '../../styles/content.css';
import './task.css';
import { useState } from 'preact/hooks';
import { userTasks } from '../../api/endpoints';
import type { UserTaskDetail } from '../../api/types';
import { lazy } from '../../components/lazy';
import { Loaded } from '../../components/Loaded';
import { Tabs } from '../../components/Tabs';
import type { TaskTab } from '../../state/inbox';
import { useLoading } from '../../state/loading';
import { linkTo, navigate } from '../../state/route';
import { RecordList } from './RecordList';
import { TaskHead } from './TaskHead';
import { TaskWork } from './TaskWork';

const TaskDiagram = lazy(() => import('./TaskDiagram').then((module) => module.TaskDiagram));

type View = 'work' | 'diagram' | 'record';

const VIEWS = [
  { id: 'work', label: '办理' },
  { id: 'diagram', label: '流程图' },
  { id: 'record', label: '办理记录' },
] as const;

interface TaskPaneProps {
  taskKey: string;
  tab: TaskTab;
}

function OpenTask({ task, reload }: { task: UserTaskDetail; reload: () => void }) {
  const [view, setView] = useState<View>('work');
  return (
    <>
      <TaskHead task={task} />
      <div class="pane-tabs">
        <Tabs label="任务内容" tabs={VIEWS} current={view} onSelect={setView} />
        <a class="link" href={linkTo('cases', task.processInstanceKey)}>
          事项详情与回放
        </a>
      </div>
      {/* The work stays mounted, so that looking at the diagram loses nothing that was typed. */}
      <div class="pane-view" hidden={view !== 'work'}>
        <TaskWork task={task} reload={reload} />
      </div>
      {view === 'diagram' && (
        <div class="pane-view pane-scroll">
          <TaskDiagram task={task} />
        </div>
      )}
      {view === 'record' && (
        <div class="pane-view pane-scroll">
          <RecordList caseKey={task.processInstanceKey} />
        </div>
      )}
    </>
  );
}

/** One open user task, beside the list or alone on a narrow screen. */
export function TaskPane({ taskKey, tab }: TaskPaneProps) {
  const loading = useLoading(() => userTasks.read(taskKey), [taskKey]);
  return (
    <section class="pane" aria-label="任务">
      <button type="button" class="pane-back" onClick={() => navigate([tab])}>
        ← 返回列表
      </button>
      <Loaded of={loading}>
        {(task) => <OpenTask key={`${task.key}/${task.revision}/${task.readOnly}`} task={task} reload={loading.reload} />}
      </Loaded>
    </section>
  );
}

import { cases, readDefinitionXml } from '../../api/endpoints';
import type { UserTaskDetail } from '../../api/types';
import { Loaded } from '../../components/Loaded';
import { DiagramView } from '../../diagram/DiagramView';
import type { Marks } from '../../diagram/fold';
import { useLoading } from '../../state/loading';
import { useMemo } from 'preact/hooks';

interface Position {
  xml: string;
  current: Array<{ elementId: string; name: string; assignees: string[] }>;
  done: string[];
}

async function readPosition(task: UserTaskDetail): Promise<Position> {
  const [xml, detail, record] = await Promise.all([
    readDefinitionXml(task.processDefinitionKey),
    cases.read(task.processInstanceKey),
    cases.record(task.processInstanceKey),
  ]);
  const done = record.items.flatMap((item) => (item.elementId ? [item.elementId] : []));
  return { xml, current: detail.currentElements, done };
}

function Positioned({ position, task }: { position: Position; task: UserTaskDetail }) {
  const marks = useMemo<Marks>(() => {
    const active = position.current.map((element) => element.elementId);
    return {
      active,
      done: position.done.filter((id) => !active.includes(id)),
      terminated: [],
      incidents: [],
      taken: [],
      repeats: new Map(),
      lastFlows: [],
    };
  }, [position]);
  return (
    <div class="beside">
      <DiagramView
        xml={position.xml}
        marks={marks}
        focus={task.elementId}
        label={`${task.procedureName}流程图，当前在：${position.current.map((element) => element.name).join('、')}`}
      />
      <section class="beside-list">
        <h3>当前位置</h3>
        {position.current.length ? (
          <ul class="plain-list">
            {position.current.map((element) => (
              <li key={element.elementId}>
                <b>{element.name}</b>
                <span class="muted">{element.assignees.join('、') || '待认领'}</span>
              </li>
            ))}
          </ul>
        ) : (
          <p class="muted">事项已结束。</p>
        )}
      </section>
    </div>
  );
}

/** The diagram of the task's procedure with the current position, and the position in words. */
export function TaskDiagram({ task }: { task: UserTaskDetail }) {
  const loading = useLoading(() => readPosition(task), [task.key]);
  return <Loaded of={loading}>{(position) => <Positioned position={position} task={task} />}</Loaded>;
}

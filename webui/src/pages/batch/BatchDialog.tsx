import '../../styles/content.css';
import '../task/task.css';
import './batch.css';
import { useMemo, useRef, useState } from 'preact/hooks';
import { userTasks } from '../../api/endpoints';
import { ApiError } from '../../api/errors';
import { taskActions, type BatchResult } from '../../api/task-actions';
import type { UserTaskDetail, Variables } from '../../api/types';
import { ActForm } from '../../components/dialogs/ActForm';
import { Dialog } from '../../components/dialogs/Dialog';
import { useAct } from '../../components/dialogs/useAct';
import { lazy } from '../../components/lazy';
import { Loaded } from '../../components/Loaded';
import type { FormHandle } from '../../forms/handle';
import { useLoading } from '../../state/loading';
import { Opinion } from '../task/Opinion';
import { batchOf, editableOnly, type Batch, type BatchGroup } from './batching';

const FormView = lazy(() => import('../../forms/FormView').then((module) => module.FormView));

const AT_A_TIME = 6;

interface BatchDialogProps {
  keys: string[];
  /** `done` when something was sent, so that the list is old. */
  onClose: (done: boolean) => void;
}

/** Reads the tasks, a few at a time; one that is gone meanwhile is passed over. */
async function readTasks(keys: string[]): Promise<UserTaskDetail[]> {
  const found: UserTaskDetail[] = [];
  for (let start = 0; start < keys.length; start += AT_A_TIME) {
    const some = keys.slice(start, start + AT_A_TIME).map((key) =>
      userTasks.read(key).catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }),
    );
    found.push(...(await Promise.all(some)).filter((task) => task !== null));
  }
  return found;
}

function Titles({ tasks }: { tasks: UserTaskDetail[] }) {
  return (
    <ul class="plain-list batch-titles">
      {tasks.map((task) => (
        <li key={task.key}>{task.caseTitle}</li>
      ))}
    </ul>
  );
}

function Group({ group, keep }: { group: BatchGroup; keep: (handle: { current: FormHandle | null }) => void }) {
  const handle = useRef<FormHandle | null>(null);
  keep(handle);
  const schema = useMemo(() => (group.form ? editableOnly(group.form.schema) : null), [group]);
  return (
    <section class="panel batch-group" aria-label={group.label}>
      <h3>
        {group.label}
        <span class="muted">（{group.tasks.length} 件）</span>
      </h3>
      <Titles tasks={group.tasks} />
      {schema && <FormView handle={handle} schema={schema} given={group.given} readOnly={false} />}
    </section>
  );
}

function Results({ results, batch, onClose }: { results: BatchResult[]; batch: Batch; onClose: () => void }) {
  const titles = new Map(batch.groups.flatMap((group) => group.tasks).map((task) => [task.key, task]));
  const done = results.filter((result) => result.done).length;
  return (
    <>
      <div class="dialog-body">
        <p role="status">
          已办 <b>{done}</b> 件{done < results.length && <span class="batch-failed">，未办 {results.length - done} 件</span>}。
        </p>
        <div class="table-frame">
          <table class="table">
            <thead>
              <tr>
                <th>事项</th>
                <th>结果</th>
                <th>说明</th>
              </tr>
            </thead>
            <tbody>
              {results.map((result) => (
                <tr key={result.key}>
                  <td data-label="事项" class="cell-main">
                    {titles.get(result.key)?.caseTitle ?? result.key}
                    <span class="muted cell-sub">{titles.get(result.key)?.name}</span>
                  </td>
                  <td data-label="结果" class="nowrap">
                    <span class={result.done ? 'tag tag-good' : 'tag tag-danger'}>
                      {result.done ? (result.held ? '待加签人签完' : '已办') : '未办'}
                    </span>
                  </td>
                  <td data-label="说明" class="cell-text">
                    {result.detail ?? '—'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <footer class="dialog-foot">
        <button type="button" class="button button-primary" onClick={onClose}>
          完成
        </button>
      </footer>
    </>
  );
}

function BatchWork({ tasks, onSent, onClose }: { tasks: UserTaskDetail[]; onSent: () => void; onClose: () => void }) {
  const batch = useMemo(() => batchOf(tasks), [tasks]);
  const forms = useRef(new Map<string, { current: FormHandle | null }>());
  const [opinion, setOpinion] = useState('');
  const [results, setResults] = useState<BatchResult[] | null>(null);
  const act = useAct([]);
  const number = batch.groups.reduce((sum, group) => sum + group.tasks.length, 0);

  const submit = async () => {
    const items: Array<{ key: string; variables: Variables }> = [];
    for (const group of batch.groups) {
      const form = forms.current.get(group.id)?.current;
      if (group.form && !form) return;
      const variables = form ? form.collect() : {};
      if (!variables) return;
      items.push(...group.tasks.map((task) => ({ key: task.key, variables })));
    }
    await act.run(async (key) => {
      const answer = await taskActions.completeTogether({ items, opinion: opinion.trim() || null }, key);
      onSent();
      setResults(answer.items);
    });
  };

  if (results) return <Results results={results} batch={batch} onClose={onClose} />;
  return (
    <ActForm
      act={act}
      submit={`办理 ${number} 件`}
      disabled={number === 0}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {batch.refused.length > 0 && (
        <section class="panel panel-warning" aria-label="不能批量办理">
          <h3>以下 {batch.refused.length} 件不能批量办理</h3>
          <ul class="plain-list">
            {batch.refused.map(({ task, why }) => (
              <li key={task.key}>
                {task.caseTitle}
                <span class="muted">　{why}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {batch.groups.map((group) => (
        <Group key={group.id} group={group} keep={(handle) => forms.current.set(group.id, handle)} />
      ))}
      {number > 0 && <Opinion id="batch-opinion" label="共同办理意见" value={opinion} onChange={setOpinion} problem="" />}
    </ActForm>
  );
}

/** 批量办理: several tasks with one opinion, a form for those alike, a result for each. */
export function BatchDialog({ keys, onClose }: BatchDialogProps) {
  const loading = useLoading(() => readTasks(keys), [keys]);
  const sent = useRef(false);
  const close = () => onClose(sent.current);
  return (
    <Dialog title="批量办理" about={`已选 ${keys.length} 件`} wide onClose={close}>
      <Loaded of={loading}>
        {(tasks) => <BatchWork tasks={tasks} onSent={() => (sent.current = true)} onClose={close} />}
      </Loaded>
    </Dialog>
  );
}

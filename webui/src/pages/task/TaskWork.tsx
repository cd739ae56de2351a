import { useRef, useState } from 'preact/hooks';
import { userTasks } from '../../api/endpoints';
import { ApiError, type FieldErrors } from '../../api/errors';
import type { UserTaskDetail, Variables } from '../../api/types';
import { lazy } from '../../components/lazy';
import type { FormHandle } from '../../forms/handle';
import { finishTask, reloadInbox, replaceTask } from '../../state/inbox';
import { showDone, showError } from '../../state/notices';
import { navigate } from '../../state/route';
import { useSubmission } from '../../state/submission';
import { ActionBar, type Action } from './ActionBar';
import { Documentation } from './Documentation';
import { useDraft } from './draft';
import { Opinion } from './Opinion';
import { RecordList } from './RecordList';
import { useKeptText } from './keptText';

const FormView = lazy(() => import('../../forms/FormView').then((module) => module.FormView));

interface TaskWorkProps {
  task: UserTaskDetail;
  reload: () => void;
}

function leftOver(errors: FieldErrors): string {
  return Object.values(errors).flat().join(' ');
}

/** The work on a task: form, opinion, actions; beside it the basis of the step and the record so far. */
export function TaskWork({ task, reload }: TaskWorkProps) {
  const form = useRef<FormHandle | null>(null);
  const editable = task.actions.includes('complete') && !task.readOnly;
  const draft = useDraft(task.key, editable && task.actions.includes('save-draft'));
  const [opinion, setOpinion] = useKeptText(`banjie.opinion.${task.key}`);
  const [problem, setProblem] = useState('');
  const [busy, submit] = useSubmission();

  const refuse = (error: unknown) => {
    if (error instanceof ApiError && Object.keys(error.fields).length) {
      const { opinion: atOpinion, ...fields } = error.fields;
      const rest = form.current ? form.current.showErrors(fields) : fields;
      setProblem([...(atOpinion ?? []), leftOver(rest)].filter(Boolean).join(' '));
    }
    showError(error);
    if (error instanceof ApiError && (error.status === 409 || error.status === 404)) {
      void draft.flush().then(reload);
      void reloadInbox();
    }
  };

  const complete = async () => {
    const variables: Variables | null = form.current ? form.current.collect() : {};
    if (!variables) return;
    setProblem('');
    draft.hold();
    const said = opinion.trim();
    const body = { variables, revision: task.revision, ...(said && { opinion: said }) };
    try {
      const done = await submit((key) => userTasks.complete(task.key, body, key));
      if (!done) return;
      draft.cancel();
      setOpinion('');
      const next = finishTask(task.key, done.nextTasks);
      showDone(done.completed ? `“${task.name}”已提交，事项办结。` : `“${task.name}”已提交。`);
      navigate(next ? ['todo', next.key] : ['todo'], true);
    } catch (error) {
      draft.change(variables);
      refuse(error);
    }
  };

  const take = async (act: typeof userTasks.claim, said: string) => {
    try {
      const taken = await submit((key) => act(task.key, key));
      if (!taken) return;
      replaceTask(taken);
      showDone(said);
      reload();
    } catch (error) {
      refuse(error);
    }
  };

  const known: Action[] = [
    { id: 'complete', label: '提交', primary: true, run: () => void complete() },
    { id: 'claim', label: '认领', primary: !editable, run: () => void take(userTasks.claim, '已认领，请办理。') },
    { id: 'unclaim', label: '退回认领', run: () => void take(userTasks.unclaim, '已退回，可由他人认领。') },
  ];
  const actions = known.filter((action) => task.actions.includes(action.id));

  return (
    <div
      class="work"
      onKeyDown={(event) => {
        if (editable && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void complete();
      }}
    >
      <div class="work-scroll">
        <div class="work-main">
          {!editable && task.state === 'CREATED' && (
            <p class="banner">{task.actions.includes('claim') ? '认领后即可填写。' : '只读：此任务由他人办理。'}</p>
          )}
          {task.form ? (
            <FormView
              handle={form}
              schema={task.form.schema}
              given={task.variables}
              draft={task.draft}
              readOnly={!editable}
              onChange={draft.change}
            />
          ) : (
            <p class="muted">本步骤没有表单，填写意见后提交即可。</p>
          )}
          {editable && <Opinion value={opinion} onChange={setOpinion} problem={problem} />}
        </div>
        <aside class="work-aside">
          <Documentation title="本步依据" documentation={task.documentation} />
          <h3>办理记录</h3>
          <RecordList caseKey={task.processInstanceKey} />
        </aside>
      </div>
      {actions.length > 0 && (
        <ActionBar actions={actions} busy={busy}>
          <span class={draft.failed ? 'field-error' : 'muted'} role="status">
            {draft.status || (editable && task.draft ? '已恢复上次保存的草稿' : '')}
          </span>
        </ActionBar>
      )}
    </div>
  );
}

import { useRef, useState } from 'preact/hooks';
import { userTasks } from '../../api/endpoints';
import { ApiError, type FieldErrors } from '../../api/errors';
import type { Completion, UserTaskDetail, Variables } from '../../api/types';
import { lazy } from '../../components/lazy';
import type { FormHandle } from '../../forms/handle';
import { finishTask, leaveTask, reloadInbox, replaceTask } from '../../state/inbox';
import { showDone, showError } from '../../state/notices';
import { navigate } from '../../state/route';
import { user } from '../../state/session';
import { useSubmission } from '../../state/submission';
import { showUnsavedText } from '../papers/unsaved';
import { ActionBar, type Action } from './ActionBar';
import { useCompletion, type Outcome } from './completion';
import type { Aftermath } from './dialogs/types';
import { Documentation } from './Documentation';
import { useDraft } from './draft';
import { Involvement } from './Involvement';
import { useKeptText } from './keptText';
import { Opinion } from './Opinion';
import { PaperPreviews } from './PaperPreviews';
import { RecordList } from './RecordList';
import { SignedTask } from './SignedTask';
import { Signers } from './Signers';
import { Suggestions } from './Suggestions';
import { completeLabel, delegatedVariables, dialogsFor, isSigning, owesScan, type DialogId } from './taskActionList';

const FormView = lazy(() => import('../../forms/FormView').then((module) => module.FormView));
const TaskTexts = lazy(() => import('../papers/TaskTexts').then((module) => module.TaskTexts));
const TaskDialog = lazy(() => import('./dialogs/TaskDialog').then((module) => module.TaskDialog));
const CompletionDialogs = lazy(() => import('./dialogs/CompletionDialogs').then((module) => module.CompletionDialogs));
const Overrides = lazy(() => import('../../components/controls/Overrides').then((module) => module.Overrides));

interface TaskWorkProps {
  task: UserTaskDetail;
  reload: () => void;
}

const leftOver = (errors: FieldErrors): string => Object.values(errors).flat().join(' ');

function openNext(next: { key: string } | null): void {
  navigate(next ? ['todo', next.key] : ['todo'], true);
}

/** The work on a task: form, opinion, actions; beside it who is involved, the basis of the step and the record so far. */
export function TaskWork({ task, reload }: TaskWorkProps) {
  const form = useRef<FormHandle | null>(null);
  const me = user.value?.id;
  const editable = task.actions.includes('complete') && !task.readOnly;
  const draft = useDraft(task.key, editable && task.actions.includes('save-draft'));
  const [opinion, setOpinion] = useKeptText(`banjie.opinion.${task.key}`);
  const [problem, setProblem] = useState('');
  const [dialog, setDialog] = useState<DialogId | null>(null);
  const [taking, submit] = useSubmission();
  const delegated = delegatedVariables(task, me);
  const begun = task.draft ?? delegated?.variables ?? null;

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

  const completed = (done: Completion) => {
    draft.cancel();
    setOpinion('');
    const ended = done.completed ? '，事项办结' : done.held ? '，加签人签完后生效' : '';
    showDone(`“${task.name}”已提交${ended}。`);
    openNext(finishTask(task.key, done.nextTasks));
  };

  const completion = useCompletion({
    task,
    form,
    opinion,
    onSend: () => {
      setProblem('');
      draft.hold();
    },
    onDone: completed,
    onRefused: (error: unknown, variables: Variables) => {
      draft.change(variables);
      refuse(error);
    },
  });
  const busy = taking || completion.busy;

  const complete = (outcome?: Outcome) => {
    if (showUnsavedText(task.key)) return;
    if (outcome === '不同意' && !opinion.trim()) setProblem('不同意的，请写明意见。');
    else void completion.complete(outcome);
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

  const acted = (said: string, aftermath: Aftermath) => {
    setDialog(null);
    showDone(said);
    if (aftermath === 'left') {
      draft.cancel();
      openNext(leaveTask(task.key));
    } else {
      void draft.flush().then(reload);
    }
    void reloadInbox();
  };

  const completing: Action[] = isSigning(task)
    ? [
        { id: 'complete', label: '同意', primary: true, run: () => complete('同意') },
        { id: 'disagree', label: '不同意', danger: true, run: () => complete('不同意') },
      ]
    : [{ id: 'complete', label: completeLabel(task, me), primary: true, run: () => complete() }];
  const actions: Action[] = [
    ...(editable ? completing : []),
    ...(task.actions.includes('claim')
      ? [{ id: 'claim', label: '认领', primary: !editable, run: () => void take(userTasks.claim, '已认领，请办理。') }]
      : []),
    ...dialogsFor(task.actions).map(({ id, label }) => ({ id, label, run: () => setDialog(id) })),
    ...(owesScan(task, me) ? [{ id: 'scan', label: '补交扫描件', run: () => setDialog('scan') }] : []),
    ...(task.actions.includes('unclaim')
      ? [{ id: 'unclaim', label: '退回认领', run: () => void take(userTasks.unclaim, '已退回，可由他人认领。') }]
      : []),
  ];

  return (
    <div
      class="work"
      onKeyDown={(event) => {
        if (editable && !isSigning(task) && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) complete();
      }}
    >
      <div class="work-scroll">
        <div class="work-main">
          <Involvement task={task} />
          {!editable && task.state === 'CREATED' && task.assignee?.id !== me && (
            <p class="banner">{task.actions.includes('claim') ? '认领后即可填写。' : '只读：此任务由他人办理。'}</p>
          )}
          {!editable && task.state === 'CREATED' && (
            <Overrides
              caseKey={task.processInstanceKey}
              taskKey={task.key}
              taskName={task.name}
              elementId={task.elementId}
              procedureId={task.procedureId}
            />
          )}
          {isSigning(task) && task.boundTo ? (
            <SignedTask taskKey={task.boundTo} />
          ) : task.form ? (
            <FormView
              handle={form}
              schema={task.form.schema}
              given={task.variables}
              draft={begun}
              readOnly={!editable}
              taskKey={task.key}
              onChange={draft.change}
            />
          ) : (
            <p class="muted">本步骤没有表单，填写意见后提交即可。</p>
          )}
          {editable && task.texts?.length ? (
            <TaskTexts task={task} form={form} onSaved={() => void draft.flush().then(reload)} />
          ) : null}
          {editable && <Opinion value={opinion} onChange={setOpinion} problem={problem} />}
        </div>
        <aside class="work-aside">
          {editable && <Suggestions task={task} form={form} />}
          <PaperPreviews task={task} form={form} />
          <Signers task={task} />
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
      {dialog && <TaskDialog id={dialog} task={task} onClose={() => setDialog(null)} onDone={acted} />}
      {completion.asking && (
        <CompletionDialogs
          task={task}
          asking={completion.asking}
          act={completion.act}
          onControls={(answers, missing) => void completion.answerControls(answers, missing)}
          onCode={(code) => void completion.answerCode(code)}
          onClose={completion.stop}
        />
      )}
    </div>
  );
}

import { useRef, useState } from 'preact/hooks';
import type { Acknowledged } from '../../api/case-controls';
import { cases, procedures } from '../../api/endpoints';
import { ApiError } from '../../api/errors';
import type { Procedure, StartedCase, StartForm, Variables } from '../../api/types';
import { questionsIn, type Questions } from '../../components/controls/questions';
import { useAct } from '../../components/dialogs/useAct';
import { lazy } from '../../components/lazy';
import { Loaded } from '../../components/Loaded';
import type { FormHandle } from '../../forms/handle';
import { departmentName } from '../../format/text';
import { refreshCounts } from '../../state/counts';
import { useLoading } from '../../state/loading';
import { showDone, showError } from '../../state/notices';
import { linkTo, navigate } from '../../state/route';
import { useSubmission } from '../../state/submission';
import { ActionBar } from '../task/ActionBar';
import { Documentation } from '../task/Documentation';

const ControlsDialog = lazy(() =>
  import('../../components/controls/ControlsDialog').then((module) => module.ControlsDialog),
);
const FormView = lazy(() => import('../../forms/FormView').then((module) => module.FormView));

interface Startable {
  procedure: Procedure | null;
  start: StartForm;
}

async function readStartable(procedureId: string): Promise<Startable> {
  const [catalogue, start] = await Promise.all([procedures.list(), procedures.startForm(procedureId)]);
  const all = catalogue.departments.flatMap((department) => department.procedures);
  return { procedure: all.find((candidate) => candidate.id === procedureId) ?? null, start };
}

function StartWork({ procedureId, startable }: { procedureId: string; startable: Startable }) {
  const form = useRef<FormHandle | null>(null);
  const [busy, submit] = useSubmission();
  const [problem, setProblem] = useState('');
  const [asking, setAsking] = useState<{ questions: Questions; variables: Variables } | null>(null);
  const asked = asking ? [...asking.questions.warned, ...asking.questions.attested].map((control) => control.id) : [];
  const act = useAct(asked);
  const { procedure, start } = startable;

  const began = (started: StartedCase) => {
    setAsking(null);
    showDone(`已发起：${started.caseTitle}`);
    void refreshCounts();
    const [next] = started.nextTasks;
    navigate(next ? ['todo', next.key] : ['cases', started.key], true);
  };

  const begin = async () => {
    const variables = form.current ? form.current.collect() : {};
    if (!variables) return;
    setProblem('');
    try {
      const started = await submit((key) => cases.start({ procedureId, variables }, key));
      if (started) began(started);
    } catch (error) {
      const questions = questionsIn(error);
      if (questions) {
        act.reset();
        setAsking({ questions, variables });
        return;
      }
      if (error instanceof ApiError) {
        const rest = form.current ? form.current.showErrors(error.fields) : error.fields;
        setProblem(Object.values(rest).flat().join(' '));
      }
      showError(error);
    }
  };

  const answer = async (acknowledged: Acknowledged, missing: Record<string, string>) => {
    if (!asking) return;
    const { variables } = asking;
    let started: StartedCase | null = null;
    await act.run(async (key) => {
      started = await cases.start({ procedureId, variables, acknowledged }, key);
    }, missing);
    if (started) began(started);
  };

  return (
    <div class="start-case">
      <div class="page-head">
        <div>
          <a class="link" href={linkTo('start')}>
            ← 返回流程目录
          </a>
          <h1>{procedure?.name ?? procedureId}</h1>
          <p class="muted">
            {[departmentName(procedure?.department), procedure?.family && `类别 ${procedure.family}`, procedure?.version && `第 ${procedure.version} 版`]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
      </div>
      <div class="sheet">
        <Documentation title="原文与依据" documentation={procedure?.documentation ?? null} />
        {start.form ? (
          <FormView handle={form} schema={start.form.schema} given={{}} readOnly={false} />
        ) : (
          <p class="muted">此流程发起时不需要填表。</p>
        )}
        {problem && (
          <p class="field-error" role="alert">
            {problem}
          </p>
        )}
      </div>
      <ActionBar
        busy={busy}
        actions={[
          { id: 'start', label: '发起', primary: true, run: () => void begin() },
          { id: 'back', label: '取消', run: () => navigate(['start']) },
        ]}
      />
      {asking && (
        <ControlsDialog
          about={procedure?.name ?? procedureId}
          questions={asking.questions}
          act={act}
          submit="确认发起"
          onAnswer={(answers, missing) => void answer(answers, missing)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

/** The start form of one procedure; after the start the initiator's first task opens. */
export function StartCase({ procedureId }: { procedureId: string }) {
  const loading = useLoading(() => readStartable(procedureId), [procedureId]);
  return (
    <div class="page">
      <Loaded of={loading}>{(startable) => <StartWork procedureId={procedureId} startable={startable} />}</Loaded>
    </div>
  );
}

import { useRef, useState } from 'preact/hooks';
import type { Acknowledged } from '../../../api/case-controls';
import { documents } from '../../../api/documents';
import { ApiError } from '../../../api/errors';
import { people } from '../../../api/people';
import { taskActions, type EvidenceKind } from '../../../api/task-actions';
import type { Named, UserTaskDetail } from '../../../api/types';
import { attestation, ControlWords } from '../../../components/controls/ControlsDialog';
import { holdersOf, questionsIn, unanswered, type Questions } from '../../../components/controls/questions';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { ScanField } from '../../../components/dialogs/ScanField';
import { Choices, required, TextField, Tick } from '../../../components/dialogs/fields';
import { useAct } from '../../../components/dialogs/useAct';
import { lazy } from '../../../components/lazy';
import { Loaded } from '../../../components/Loaded';
import type { FormHandle } from '../../../forms/handle';
import { useLoading } from '../../../state/loading';
import { user } from '../../../state/session';
import { EVIDENCE } from '../words';
import type { TaskDialogProps } from './types';

const FormView = lazy(() => import('../../../forms/FormView').then((module) => module.FormView));

/** Whose signature can be entered: who has the task, else who may take it. */
async function signatoriesOf(task: UserTaskDetail): Promise<Named[]> {
  if (task.assignee) return [task.assignee];
  const { items } = await people.roles();
  return holdersOf(task.candidateGroups, items).filter((person) => person.id !== user.value?.id);
}

const KINDS: ReadonlyArray<{ value: EvidenceKind; label: string; note: string }> = [
  { value: 'PAPER', label: EVIDENCE.PAPER, note: '已在纸质件上签字，扫描件可以以后补交' },
  { value: 'TELEPHONE', label: EVIDENCE.TELEPHONE, note: '出差在外，已电话请示' },
  { value: 'OTHER', label: EVIDENCE.OTHER, note: '会议、当面等' },
];

function Answers({ questions, answers, problems, onAnswer }: {
  questions: Questions;
  answers: Acknowledged;
  problems: Record<string, string>;
  onAnswer: (id: string, value: string | boolean) => void;
}) {
  return (
    <>
      {questions.blocked.map((control) => (
        <section key={control.id} class="panel panel-danger">
          <h3>不能代录</h3>
          <ControlWords control={control} />
        </section>
      ))}
      {questions.warned.map((control) => (
        <section key={control.id} class="panel panel-warning">
          <ControlWords control={control} />
          <TextField
            label="理由"
            rows={2}
            value={String(answers[control.id] ?? '')}
            problem={problems[control.id]}
            onChange={(reason) => onAnswer(control.id, reason)}
          />
        </section>
      ))}
      {questions.attested.map((control) => (
        <section key={control.id} class="panel">
          <ControlWords control={control} />
          <Tick
            label={attestation(control)}
            checked={answers[control.id] === true}
            problem={problems[control.id]}
            onChange={(confirmed) => onAnswer(control.id, confirmed)}
          />
        </section>
      ))}
    </>
  );
}

function RecordForm({ task, signatories, onClose, onDone }: TaskDialogProps & { signatories: Named[] }) {
  const form = useRef<FormHandle | null>(null);
  const [person, setPerson] = useState(signatories[0]?.id ?? '');
  const [evidenceKind, setKind] = useState<EvidenceKind>('PAPER');
  const [evidence, setEvidence] = useState('');
  const [scan, setScan] = useState<File | null>(null);
  const [opinion, setOpinion] = useState('');
  const [questions, setQuestions] = useState<Questions | null>(null);
  const [answers, setAnswers] = useState<Acknowledged>({});
  const ids = questions ? [...questions.warned, ...questions.attested].map((control) => control.id) : [];
  const act = useAct(['people', 'evidence', 'file', ...ids]);
  const { fields } = act.problems;

  const submit = async () => {
    const variables = form.current ? form.current.collect() : {};
    if (!variables) return;
    const wrong = {
      people: person ? '' : '请选择签批人。',
      evidence: required(evidence, '请写明何时、何地、以何种方式签批或同意。'),
      ...(questions && unanswered(questions, answers)),
    };
    const said = opinion.trim();
    const body = { person, evidenceKind, evidence: evidence.trim(), variables, acknowledged: answers, ...(said && { opinion: said }) };
    const done = await act.run(async (key) => {
      try {
        const stored =
          scan && evidenceKind === 'PAPER'
            ? await documents.upload(scan, { processInstanceKey: task.processInstanceKey }, `“${task.name}”签批扫描件`, `${key}-file`)
            : null;
        await taskActions.record(task.key, { ...body, ...(stored && { documentId: stored.documentId }) }, key);
      } catch (error) {
        setQuestions(questionsIn(error) ?? questions);
        if (error instanceof ApiError && form.current) form.current.showErrors(error.fields);
        throw error;
      }
    }, wrong);
    if (done) onDone(`已代录“${task.name}”，待本人确认。`, 'left');
  };

  if (!signatories.length) {
    return (
      <div class="dialog-body">
        <p>此步骤目前没有可以代录的签批人。</p>
      </div>
    );
  }
  return (
    <ActForm act={act} submit="确认代录" onSubmit={() => void submit()} onClose={onClose}>
      <p class="muted">把本人已在系统外签批或者同意的结果录入系统。录入后通知本人确认；本人可以不予确认。</p>
      <Choices
        label="签批人"
        value={person}
        choices={signatories.map((each) => ({ value: each.id, label: each.name }))}
        problem={fields['people']}
        onChange={setPerson}
      />
      <Choices label="依据" value={evidenceKind} choices={KINDS} onChange={setKind} />
      <TextField
        label="依据说明"
        rows={2}
        maxLength={2000}
        placeholder="例如：11月23日上午在纸质审批单上签字"
        value={evidence}
        problem={fields['evidence']}
        onChange={setEvidence}
      />
      {evidenceKind === 'PAPER' && (
        <ScanField
          label="扫描件"
          optional
          hint="PDF、OFD 或者图片；可以以后在事项详情中补交"
          file={scan}
          problem={fields['file']}
          onChange={setScan}
        />
      )}
      {task.form && (
        <section class="panel dialog-panel-form" aria-label="签批内容">
          <h3>签批内容</h3>
          <FormView handle={form} schema={task.form.schema} given={task.variables} readOnly={false} taskKey={task.key} />
        </section>
      )}
      <TextField label="签批意见" optional rows={2} maxLength={2000} value={opinion} onChange={setOpinion} />
      {questions && (
        <Answers
          questions={questions}
          answers={answers}
          problems={fields}
          onAnswer={(id, value) => {
            const { [id]: _former, ...others } = answers;
            setAnswers(value === false ? others : { ...others, [id]: value });
          }}
        />
      )}
    </ActForm>
  );
}

/** 代录, 补签: what somebody signed on paper or agreed by telephone is entered, for them to confirm. */
export function RecordDialog(props: TaskDialogProps) {
  const loading = useLoading(() => signatoriesOf(props.task), [props.task.key]);
  return (
    <Dialog title="代录" about={`${props.task.name} · ${props.task.caseTitle}`} wide={Boolean(props.task.form)} onClose={props.onClose}>
      <Loaded of={loading}>{(signatories) => <RecordForm {...props} signatories={signatories} />}</Loaded>
    </Dialog>
  );
}

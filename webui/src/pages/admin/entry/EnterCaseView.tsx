import { useRef, useState } from 'preact/hooks';
import { procedures, readDefinitionXml } from '../../../api/endpoints';
import { operations } from '../../../api/operations';
import type { Named, StartForm } from '../../../api/types';
import { DateField, ReasonField, TextField } from '../../../components/dialogs/fields';
import { PersonPicker } from '../../../components/dialogs/PersonPicker';
import { useAct } from '../../../components/dialogs/useAct';
import { SelectField } from '../../../components/fields/SelectField';
import { TickPicker } from '../../../components/fields/TickPicker';
import { lazy } from '../../../components/lazy';
import { Loaded } from '../../../components/Loaded';
import type { FormHandle } from '../../../forms/handle';
import { today } from '../../../format/moments';
import { useLoading } from '../../../state/loading';
import { showDone } from '../../../state/notices';
import { navigate } from '../../../state/route';
import { EnteredClocks } from './EnteredClocks';
import { enterable, entryProblems, readMore, type Entry } from './entry';
import { entryPoints, type EntryPoints } from './entryPoints';

const FormView = lazy(() => import('../../../forms/FormView').then((module) => module.FormView));

const NOTHING: Entry = {
  elements: [],
  initiator: '',
  beganOn: '',
  title: '',
  caseNumber: '',
  reason: '',
  more: '',
  clocks: {},
};

const FIELDS = ['elements', 'initiator', 'beganOn', 'title', 'caseNumber', 'reason', 'more', 'clocks'];

interface Prepared {
  start: StartForm;
  points: EntryPoints;
}

async function prepare(procedureId: string): Promise<Prepared> {
  const start = await procedures.startForm(procedureId);
  return { start, points: entryPoints(await readDefinitionXml(start.definitionKey)) };
}

function EntryForm({ procedureId, prepared }: { procedureId: string; prepared: Prepared }) {
  const { start, points } = prepared;
  const form = useRef<FormHandle | null>(null);
  const [entry, setEntry] = useState<Entry>(NOTHING);
  const [initiator, setInitiator] = useState<Named[]>([]);
  const act = useAct(FIELDS);
  const { fields, rest } = act.problems;
  const change = (part: Partial<Entry>) => setEntry({ ...entry, ...part });
  const submit = async (event: Event) => {
    event.preventDefault();
    const given = form.current ? form.current.collect() : {};
    const more = readMore(entry.more);
    const wrong = { ...entryProblems(entry, today(Date.now())), ...(given ? {} : { form: '请先改正表单。' }) };
    let key = '';
    const done = await act.run(async (idempotencyKey) => {
      const body = {
        procedureId,
        elements: entry.elements,
        initiator: entry.initiator,
        beganOn: entry.beganOn,
        reason: entry.reason.trim(),
        variables: { ...given, ...('variables' in more ? more.variables : {}) },
        clocks: Object.entries(entry.clocks).map(([limitId, clock]) => ({ limitId, ...clock })),
        title: entry.title.trim() || null,
        caseNumber: entry.caseNumber.trim() || null,
      };
      ({ key } = await operations.enterCase(body, idempotencyKey));
    }, wrong);
    if (!done) return;
    showDone('案件已录入，从所选环节继续办理。');
    navigate(['cases', key]);
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <section class="sheet">
        <h2>案件</h2>
        <div class="form-grid">
          <PersonPicker
            label="当时的发起人"
            single
            chosen={initiator}
            problem={fields['initiator']}
            onChange={(chosen) => {
              setInitiator(chosen);
              change({ initiator: chosen[0]?.id ?? '' });
            }}
          />
          <DateField
            label="实际开始日期"
            value={entry.beganOn}
            problem={fields['beganOn']}
            onChange={(beganOn) => change({ beganOn })}
          />
          <TextField
            label="标题"
            optional
            maxLength={300}
            value={entry.title}
            problem={fields['title']}
            onChange={(title) => change({ title })}
          />
          <TextField
            label="案件编号"
            optional
            maxLength={200}
            value={entry.caseNumber}
            problem={fields['caseNumber']}
            onChange={(caseNumber) => change({ caseNumber })}
          />
          <div class="form-whole">
            <TickPicker
              label="所在环节"
              placeholder="搜索环节"
              groups={points.elements}
              chosen={entry.elements}
              problem={fields['elements']}
              onChange={(elements) => change({ elements })}
            />
          </div>
        </div>
      </section>
      <section class="sheet">
        <h2>已在计算的期限</h2>
        <EnteredClocks
          limits={points.limits}
          clocks={entry.clocks}
          problems={fields}
          onChange={(clocks) => change({ clocks })}
        />
        {fields['clocks'] && (
          <p class="dialog-error" role="alert">
            {fields['clocks']}
          </p>
        )}
      </section>
      <section class="sheet form-stack">
        <h2>数据</h2>
        {start.form ? (
          <FormView handle={form} schema={start.form.schema} given={{}} readOnly={false} />
        ) : (
          <p class="muted">此流程发起时不填表。</p>
        )}
        <TextField
          label="其他数据"
          optional
          rows={3}
          maxLength={20_000}
          hint="后续环节已经产生的数据，JSON 对象。"
          placeholder='{"amount": 20000}'
          value={entry.more}
          problem={fields['more']}
          onChange={(more) => change({ more })}
        />
      </section>
      <section class="sheet">
        <ReasonField
          label="录入依据"
          usual={['系统启用前已受理，按纸质卷宗录入。']}
          maxLength={500}
          value={entry.reason}
          problem={fields['reason']}
          onChange={(reason) => change({ reason })}
        />
        <div class="form-foot">
          <button type="submit" class="button button-primary" disabled={act.busy}>
            {act.busy ? '正在录入……' : '录入案件'}
          </button>
          <p class="field-error" role="alert">
            {rest || (Object.keys(fields).length ? '有必填项没有填好，请按提示改正。' : '')}
          </p>
        </div>
      </section>
    </form>
  );
}

function EntryOf({ procedureId }: { procedureId: string }) {
  const loading = useLoading(() => prepare(procedureId), [procedureId]);
  return <Loaded of={loading}>{(prepared) => <EntryForm procedureId={procedureId} prepared={prepared} />}</Loaded>;
}

/** 在办案件录入: a case that began on paper, at the step where it stands, with its clocks. */
export function EnterCaseView() {
  const loading = useLoading(() => procedures.list(), []);
  const [procedureId, setProcedureId] = useState('');
  return (
    <>
      <div class="page-head">
        <h1>在办案件录入</h1>
      </div>
      <p class="page-lead">系统启用前已经开始的案件，录入到目前所在的环节，连同已在计算的期限。谁在何时因何录入都有记录。</p>
      <div class="sheet">
        <Loaded of={loading}>
          {({ departments }) => (
            <div class="field-medium">
              <SelectField
                label="流程"
                value={procedureId}
                options={enterable(departments)}
                none="请选择流程"
                onChange={setProcedureId}
              />
            </div>
          )}
        </Loaded>
      </div>
      {procedureId && <EntryOf key={procedureId} procedureId={procedureId} />}
    </>
  );
}

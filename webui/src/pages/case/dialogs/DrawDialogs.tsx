import { useState } from 'preact/hooks';
import { draws, type Draw } from '../../../api/case-controls';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { NumberField, ReasonField, required, TextField } from '../../../components/dialogs/fields';
import { useAct } from '../../../components/dialogs/useAct';

interface AnnounceProps {
  caseKey: string;
  /** A second draw needs a reason. */
  again: boolean;
  onClose: () => void;
  onDone: (said: string) => void;
}

const whole = (text: string, least: number): boolean => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= 50;

/** 公布抽取: field, number, who applies; the pool and the seed's digest are fixed now. */
export function AnnounceDialog({ caseKey, again, onClose, onDone }: AnnounceProps) {
  const [field, setField] = useState('');
  const [size, setSize] = useState('7');
  const [alternates, setAlternates] = useState('3');
  const [applicants, setApplicants] = useState('');
  const [reason, setReason] = useState('');
  const act = useAct(['field', 'size', 'alternates', 'applicants', 'reason']);
  const { fields } = act.problems;
  const submit = async () => {
    const wrong = {
      field: required(field, '请填写领域。'),
      size: whole(size, 1) ? '' : '请填写 1 至 50 的整数。',
      alternates: whole(alternates, 0) ? '' : '请填写 0 至 50 的整数。',
      reason: again ? required(reason, '再次抽取须写明理由。') : '',
    };
    const body = {
      field: field.trim(),
      size: Number(size),
      alternates: Number(alternates),
      applicants: applicants.split(/[\n、，,；;]/).map((name) => name.trim()).filter(Boolean),
      reason: reason.trim() || null,
    };
    const done = await act.run((key) => draws.announce(caseKey, body, key), wrong);
    if (done) onDone('已公布抽取范围和种子摘要，请会同见证人抽取。');
  };
  return (
    <Dialog title="公布专家抽取" about="公布后抽取范围和种子即固定，见证人说出见证语后抽取" onClose={onClose}>
      <ActForm act={act} submit="公布" onSubmit={() => void submit()} onClose={onClose}>
        <TextField label="领域" value={field} maxLength={100} problem={fields['field']} onChange={setField} />
        <div class="dialog-columns">
          <NumberField label="抽取人数" max={50} value={size} problem={fields['size']} onChange={setSize} />
          <NumberField label="候补人数" min={0} max={50} value={alternates} problem={fields['alternates']} onChange={setAlternates} />
        </div>
        <TextField
          label="申报单位"
          optional
          rows={2}
          hint="用顿号或者换行分开；在这些单位任职的专家自动回避"
          value={applicants}
          problem={fields['applicants']}
          onChange={setApplicants}
        />
        {again && <ReasonField label="再次抽取的理由" value={reason} problem={fields['reason']} onChange={setReason} />}
      </ActForm>
    </Dialog>
  );
}

/** 见证抽取: the witness says a text, then the seed is opened. */
export function OpenDrawDialog({ draw, onClose, onDone }: { draw: Draw; onClose: () => void; onDone: (said: string) => void }) {
  const [witness, setWitness] = useState('');
  const act = useAct(['witness']);
  const submit = async () => {
    const done = await act.run((key) => draws.open(draw.key, witness.trim(), key), {
      witness: required(witness, '请填写见证人当场说出的见证语。'),
    });
    if (done) onDone('抽取完成。');
  };
  return (
    <Dialog title="见证抽取" about={`${draw.field} · 抽取 ${draw.size} 人，候补 ${draw.alternatesWanted} 人`} onClose={onClose}>
      <ActForm act={act} submit="抽取" onSubmit={() => void submit()} onClose={onClose}>
        <p>
          抽取范围 {draw.pool.length} 人，回避 {draw.excluded.length} 人。抽取后不能更改。
        </p>
        <TextField
          label="见证语"
          hint="由见证人当场任意说出，例如一串数字"
          maxLength={200}
          value={witness}
          problem={act.problems.fields['witness']}
          onChange={setWitness}
        />
      </ActForm>
    </Dialog>
  );
}

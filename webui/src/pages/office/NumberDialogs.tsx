import { useState } from 'preact/hooks';
import { numbers, type NumberSeries, type RegisteredNumber } from '../../api/numbers';
import { ActForm } from '../../components/dialogs/ActForm';
import { Dialog } from '../../components/dialogs/Dialog';
import { NumberField, ReasonField, required } from '../../components/dialogs/fields';
import { useAct } from '../../components/dialogs/useAct';

const MOST = 100;

interface DialogProps {
  series: NumberSeries;
  onClose: () => void;
  onDone: (said: string) => void;
}

/** 预留: the next numbers are set aside with a reason. */
export function ReserveDialog({ series, onClose, onDone }: DialogProps) {
  const [count, setCount] = useState('1');
  const [reason, setReason] = useState('');
  const act = useAct(['count', 'reason']);
  const { fields } = act.problems;
  const submit = async () => {
    const whole = /^\d+$/.test(count) && Number(count) >= 1 && Number(count) <= MOST;
    const wrong = {
      count: whole ? '' : `请填写 1 至 ${MOST} 的整数。`,
      reason: required(reason, '请写明预留给什么用。'),
    };
    let said = '';
    const done = await act.run(async (key) => {
      const reserved = await numbers.reserve(series.id, Number(count), reason.trim(), key);
      said = reserved.numbers.map(({ text }) => text).join('、');
    }, wrong);
    if (done) onDone(`已预留 ${said}。`);
  };
  return (
    <Dialog title="预留编号" about={`${series.title} · 下一号 ${series.nextText}`} onClose={onClose}>
      <ActForm act={act} submit="预留" onSubmit={() => void submit()} onClose={onClose}>
        <p>预留的编号不再自动取用，只有签发时指明的才会用到。</p>
        <NumberField label="预留个数" max={MOST} value={count} problem={fields['count']} onChange={setCount} />
        <ReasonField label="预留的理由" value={reason} problem={fields['reason']} onChange={setReason} />
      </ActForm>
    </Dialog>
  );
}

/** 作废 of a number, or 恢复 of one that was voided by mistake; the number stays in the register either way. */
export function ChangeDialog({ series, period, item, onClose, onDone }: DialogProps & { period: number; item: RegisteredNumber }) {
  const [reason, setReason] = useState('');
  const act = useAct(['reason']);
  const restoring = item.state === 'VOID';
  const word = restoring ? '恢复' : '作废';
  const submit = async () => {
    const done = await act.run(
      (key) => numbers.change(series.id, period, item.number, restoring ? 'restoration' : 'voiding', reason.trim(), key),
      { reason: required(reason, `请写明${word}的理由。`) },
    );
    if (done) onDone(`${item.text} 已${word}。`);
  };
  return (
    <Dialog title={`${word}编号`} about={`${item.text}${item.title ? ` · ${item.title}` : ''}`} onClose={onClose}>
      <ActForm act={act} submit={word} danger={!restoring} onSubmit={() => void submit()} onClose={onClose}>
        <p>{restoring ? '只恢复误作废的编号。' : '作废的编号连同理由留在登记簿中，不再给其他文件使用。'}</p>
        <ReasonField label={`${word}的理由`} value={reason} problem={act.problems.fields['reason']} onChange={setReason} />
      </ActForm>
    </Dialog>
  );
}

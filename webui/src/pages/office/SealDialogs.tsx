import { useState } from 'preact/hooks';
import { seals, type Seal, type SealHandover } from '../../api/seals';
import type { Named } from '../../api/types';
import { ActForm } from '../../components/dialogs/ActForm';
import { Dialog } from '../../components/dialogs/Dialog';
import { Choices, TextField } from '../../components/dialogs/fields';
import { PersonPicker } from '../../components/dialogs/PersonPicker';
import { useAct } from '../../components/dialogs/useAct';
import { MomentField } from '../../components/fields/MomentField';
import { formatMoment } from '../../format/dates';
import { localMoment, zonedMoment } from '../../format/moments';
import { user } from '../../state/session';

interface HandOverProps {
  seal: Seal;
  onClose: () => void;
  onDone: (said: string) => void;
}

/** 移交: a keeper says to whom and when; it counts once the receiver has confirmed. */
export function HandOverDialog({ seal, onClose, onDone }: HandOverProps) {
  const [chosen, setChosen] = useState<Named[]>([]);
  const [handedAt, setHandedAt] = useState(localMoment(Date.now()));
  const [note, setNote] = useState('');
  const act = useAct(['to', 'people', 'handedAt', 'note']);
  const { fields } = act.problems;
  const [person] = chosen;
  const submit = async () => {
    const at = zonedMoment(handedAt);
    const wrong = { to: person ? '' : '请选择接收人。', handedAt: at ? '' : '请填写移交的日期和时间。' };
    const done = await act.run((key) => seals.handOver(seal.id, person?.id ?? '', at, note.trim() || null, key), wrong);
    if (done) onDone(`已提出移交，待${person?.name ?? '接收人'}确认。`);
  };
  return (
    <Dialog title="移交印章" about={seal.name} onClose={onClose}>
      <ActForm act={act} submit="提出移交" onSubmit={() => void submit()} onClose={onClose}>
        <PersonPicker
          label="移交给"
          single
          chosen={chosen}
          without={[user.value?.id ?? '']}
          problem={fields['to'] ?? fields['people']}
          onChange={setChosen}
        />
        <MomentField label="移交时间" value={handedAt} problem={fields['handedAt']} onChange={setHandedAt} />
        <TextField label="备注" optional maxLength={500} value={note} problem={fields['note']} onChange={setNote} />
      </ActForm>
    </Dialog>
  );
}

interface AnswerProps {
  handover: SealHandover;
  onClose: () => void;
  onDone: (said: string) => void;
}

/** The receiver says whether they have the seal; who handed it over may take that back. */
export function AnswerDialog({ handover, onClose, onDone }: AnswerProps) {
  const receiving = handover.to?.id === user.value?.id;
  const [answer, setAnswer] = useState<'yes' | 'no' | null>(receiving ? null : 'no');
  const [note, setNote] = useState('');
  const act = useAct(['answer', 'note']);
  const submit = async () => {
    const confirmed = answer === 'yes';
    const wrong = { answer: answer ? '' : '请选择。' };
    const done = await act.run((key) => seals.answer(handover.key, confirmed, note.trim() || null, key), wrong);
    if (done) onDone(confirmed ? '已确认，印章由您保管。' : receiving ? '已退回移交。' : '移交已撤回。');
  };
  return (
    <Dialog
      title={receiving ? '确认移交' : '撤回移交'}
      about={`${handover.from?.name ?? '—'} 于 ${formatMoment(handover.handedAt)} 移交 ${handover.to?.name ?? '—'}`}
      onClose={onClose}
    >
      <ActForm act={act} submit={receiving ? '提交' : '撤回'} onSubmit={() => void submit()} onClose={onClose}>
        {receiving && (
          <Choices
            label="印章"
            value={answer}
            choices={[
              { value: 'yes', label: '已收到，由我保管' },
              { value: 'no', label: '没有收到，退回' },
            ]}
            problem={act.problems.fields['answer']}
            onChange={setAnswer}
          />
        )}
        <TextField label="备注" optional maxLength={500} value={note} problem={act.problems.fields['note']} onChange={setNote} />
      </ActForm>
    </Dialog>
  );
}

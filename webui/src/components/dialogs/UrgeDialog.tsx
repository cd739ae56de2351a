import { useState } from 'preact/hooks';
import { taskActions } from '../../api/task-actions';
import { ActForm } from './ActForm';
import { Dialog } from './Dialog';
import { ReasonField } from './fields';
import { useAct } from './useAct';

interface UrgeDialogProps {
  taskKey: string;
  /** The step, and who has it. */
  about: string;
  urged: number;
  onClose: () => void;
  onDone: (said: string) => void;
}

/** 催办: those whose turn it is are reminded, as often a day as the procedure allows. */
export function UrgeDialog({ taskKey, about, urged, onClose, onDone }: UrgeDialogProps) {
  const [note, setNote] = useState('');
  const act = useAct(['note']);
  const submit = async () => {
    let left = 0;
    const done = await act.run(async (key) => {
      ({ leftToday: left } = await taskActions.urge(taskKey, note.trim(), key));
    });
    if (done) onDone(`已催办${left ? `，今日还可催办 ${left} 次` : '，今日不能再催'}。`);
  };
  return (
    <Dialog title="催办" about={about} onClose={onClose}>
      <ActForm act={act} submit="确认催办" onSubmit={() => void submit()} onClose={onClose}>
        <p class="muted">{urged ? `此前已催办 ${urged} 次。` : '办理人将收到提醒。'}</p>
        <ReasonField
          label="附言"
          optional
          usual={['请尽快办理。', '临近期限，请抓紧办理。']}
          maxLength={500}
          value={note}
          problem={act.problems.fields['note']}
          onChange={setNote}
        />
      </ActForm>
    </Dialog>
  );
}

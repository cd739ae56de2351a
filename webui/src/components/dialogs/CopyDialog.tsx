import { useState } from 'preact/hooks';
import { copies, type CopyKind } from '../../api/correspondence';
import type { Named } from '../../api/types';
import { user } from '../../state/session';
import { ActForm } from './ActForm';
import { Dialog } from './Dialog';
import { Choices, TextField } from './fields';
import { PersonPicker } from './PersonPicker';
import { useAct } from './useAct';

interface CopyDialogProps {
  caseKey: string;
  title: string;
  taskKey?: string;
  kind: CopyKind;
  onClose: () => void;
  onDone: (said: string) => void;
}

const WORDS: Record<CopyKind, string> = { COPY: '抄送', CIRCULATE: '传阅' };

/** 抄送, 传阅: people are given the case to read, and it is seen who has. */
export function CopyDialog({ caseKey, title, taskKey, kind: first, onClose, onDone }: CopyDialogProps) {
  const [kind, setKind] = useState<CopyKind>(first);
  const [chosen, setChosen] = useState<Named[]>([]);
  const [note, setNote] = useState('');
  const act = useAct(['people', 'note']);
  const submit = async () => {
    const people = chosen.map((person) => person.id);
    const body = { people, kind, note: note.trim() || null, ...(taskKey && { taskKey }) };
    const done = await act.run((key) => copies.send(caseKey, body, key), {
      people: chosen.length ? '' : '请至少选择一人。',
    });
    if (done) onDone(`已${WORDS[kind]} ${chosen.length} 人。`);
  };
  return (
    <Dialog title={WORDS[first]} about={title} onClose={onClose}>
      <ActForm act={act} submit={`确认${WORDS[kind]}`} onSubmit={() => void submit()} onClose={onClose}>
        <Choices
          label="方式"
          value={kind}
          choices={[
            { value: 'COPY', label: '抄送', note: '供对方知悉' },
            { value: 'CIRCULATE', label: '传阅', note: '请对方阅后确认' },
          ]}
          onChange={setKind}
        />
        <PersonPicker
          label="人员"
          chosen={chosen}
          without={[user.value?.id ?? '']}
          hint="对方可以查看本事项的全部内容，阅后有回执。可输入科室名称后全选。"
          problem={act.problems.fields['people']}
          onChange={setChosen}
        />
        <TextField
          label="附言"
          optional
          rows={2}
          maxLength={500}
          value={note}
          problem={act.problems.fields['note']}
          onChange={setNote}
        />
      </ActForm>
    </Dialog>
  );
}

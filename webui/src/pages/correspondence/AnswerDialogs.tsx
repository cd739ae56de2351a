import { useState } from 'preact/hooks';
import { interventions, signatures, type Intervention, type Signature } from '../../api/correspondence';
import { cases, readDefinitionXml } from '../../api/endpoints';
import { ActForm } from '../../components/dialogs/ActForm';
import { Dialog } from '../../components/dialogs/Dialog';
import { ReasonField, required } from '../../components/dialogs/fields';
import { useAct } from '../../components/dialogs/useAct';
import { readNames } from '../../diagram/names';
import { nameOf } from '../../format/text';
import { useLoading } from '../../state/loading';
import { EVIDENCE } from '../task/words';
import { INTERVENTION_WORDS } from './words';

interface AnswerProps<Item> {
  item: Item;
  onClose: () => void;
  onDone: (said: string) => void;
}

/** Whether it was so: what somebody entered for this person is confirmed or disputed. */
export function SignatureDialog({ item, confirmed, onClose, onDone }: AnswerProps<Signature> & { confirmed: boolean }) {
  const [note, setNote] = useState('');
  const act = useAct(['note']);
  const submit = async () => {
    const wrong = { note: confirmed ? '' : required(note, '请写明不予确认的理由。') };
    const done = await act.run((key) => signatures.answer(item.taskKey, confirmed, note.trim(), key), wrong);
    if (done) onDone(confirmed ? '已确认。' : '已记录为不予确认。');
  };
  return (
    <Dialog title={confirmed ? '确认代录' : '不予确认代录'} about={`${item.taskName} · ${item.caseTitle}`} onClose={onClose}>
      <ActForm
        act={act}
        submit={confirmed ? '确认属实' : '不予确认'}
        danger={!confirmed}
        onSubmit={() => void submit()}
        onClose={onClose}
      >
        <section class="panel">
          <p>
            {nameOf(item.recordedBy)}代您录入：{[item.outcome, item.opinion].filter(Boolean).join('，') || '已办理'}
          </p>
          <p class="muted">
            {EVIDENCE[item.evidenceKind]}：{item.evidence}
          </p>
        </section>
        <ReasonField
          label={confirmed ? '说明' : '理由'}
          optional={confirmed}
          usual={confirmed ? [] : ['本人未签批。', '与本人意见不符。']}
          value={note}
          problem={act.problems.fields['note']}
          onChange={setNote}
        />
      </ActForm>
    </Dialog>
  );
}

/** The name of the step to which a jump goes, from the case's diagram. */
async function targetName({ elementId, processInstanceKey }: Intervention): Promise<string> {
  if (!elementId) return '';
  const { definitionKey } = await cases.read(processInstanceKey);
  return readNames(await readDefinitionXml(definitionKey)).get(elementId)?.name ?? elementId;
}

/** The owner's decision on a jump or an end. */
export function DecideDialog({ item, approve, onClose, onDone }: AnswerProps<Intervention> & { approve: boolean }) {
  const [note, setNote] = useState('');
  const target = useLoading(() => targetName(item), [item.key]);
  const act = useAct(['note']);
  const word = INTERVENTION_WORDS[item.kind];
  const submit = async () => {
    const wrong = { note: approve ? '' : required(note, '请写明驳回的理由。') };
    const done = await act.run((key) => interventions.decide(item.key, approve, note.trim(), key), wrong);
    if (done) onDone(approve ? `已批准${word}。` : '已驳回。');
  };
  return (
    <Dialog title={`${approve ? '批准' : '驳回'}${word}`} about={item.caseTitle} onClose={onClose}>
      <ActForm
        act={act}
        submit={approve ? `批准${word}` : '驳回'}
        danger={approve && item.kind === 'TERMINATE'}
        onSubmit={() => void submit()}
        onClose={onClose}
      >
        <section class="panel">
          <p>
            {nameOf(item.requestedBy)}：{item.reason}
          </p>
          {target.value && <p>跳转到：{target.value}</p>}
          {approve && (
            <p class="muted">
              {item.kind === 'TERMINATE' ? '批准后事项立即终止，不能恢复。' : '批准后离开所选步骤，从目标步骤继续办理；目标步骤的风险防控照常检查。'}
            </p>
          )}
        </section>
        <ReasonField
          label={approve ? '意见' : '理由'}
          optional={approve}
          value={note}
          problem={act.problems.fields['note']}
          onChange={setNote}
        />
      </ActForm>
    </Dialog>
  );
}

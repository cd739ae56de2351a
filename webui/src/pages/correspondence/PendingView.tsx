import '../../styles/content.css';
import './correspondence.css';
import { useState } from 'preact/hooks';
import { interventions, signatures, type Intervention, type Signature } from '../../api/correspondence';
import { Empty, Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { refreshWaiting } from '../../state/correspondence';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { linkTo } from '../../state/route';
import { EVIDENCE } from '../task/words';
import { DecideDialog, SignatureDialog } from './AnswerDialogs';
import { INTERVENTION_STATES, INTERVENTION_WORDS } from './words';

type Answering =
  | { kind: 'signature'; item: Signature; confirmed: boolean }
  | { kind: 'intervention'; item: Intervention; approve: boolean };

async function readPending() {
  const [signed, asked] = await Promise.all([signatures.list(), interventions.list()]);
  return { signed: signed.items, asked: asked.items };
}

function SignatureItem({ item, onAnswer }: { item: Signature; onAnswer: (confirmed: boolean) => void }) {
  return (
    <li class="waiting-item">
      <div>
        <p>
          <b>{item.taskName}</b> {item.outcome && <span class="tag">{item.outcome}</span>}
        </p>
        <p>
          <a class="link" href={linkTo('cases', item.processInstanceKey)}>
            {item.caseTitle}
          </a>
        </p>
        {item.opinion && <p>意见：{item.opinion}</p>}
        <p class="muted">
          {nameOf(item.recordedBy)}于 {formatMoment(item.at)} 代您录入 · {EVIDENCE[item.evidenceKind]}：{item.evidence}
        </p>
      </div>
      <div class="waiting-acts">
        <button type="button" class="button button-outline" onClick={() => onAnswer(true)}>
          确认属实
        </button>
        <button type="button" class="button" onClick={() => onAnswer(false)}>
          不予确认
        </button>
      </div>
    </li>
  );
}

function InterventionItem({ item, onAnswer }: { item: Intervention; onAnswer: (approve: boolean) => void }) {
  return (
    <li class="waiting-item">
      <div>
        <p>
          <b>申请{INTERVENTION_WORDS[item.kind]}</b>{' '}
          <span class={item.state === 'REQUESTED' ? 'tag tag-warning' : 'tag'}>{INTERVENTION_STATES[item.state]}</span>
        </p>
        <p>
          <a class="link" href={linkTo('cases', item.processInstanceKey)}>
            {item.caseTitle}
          </a>
        </p>
        <p>理由：{item.reason}</p>
        {item.note && (
          <p>
            {nameOf(item.decidedBy)}：{item.note}
          </p>
        )}
        <p class="muted">
          {nameOf(item.requestedBy)} · {formatMoment(item.at)}
        </p>
      </div>
      {item.decidable && (
        <div class="waiting-acts">
          <button type="button" class="button button-outline" onClick={() => onAnswer(true)}>
            批准
          </button>
          <button type="button" class="button" onClick={() => onAnswer(false)}>
            驳回
          </button>
        </div>
      )}
    </li>
  );
}

/** 待确认: signatures that others entered for this person, and requests to intervene that wait for a decision. */
export function PendingView() {
  const loading = useLoading(readPending, ['pending']);
  const [answering, setAnswering] = useState<Answering | null>(null);
  const answered = (said: string) => {
    setAnswering(null);
    showDone(said);
    loading.reload();
    void refreshWaiting();
  };
  const close = () => setAnswering(null);
  return (
    <>
      <Loaded of={loading}>
        {({ signed, asked }) => (
          <>
            <section class="sheet">
              <h2>代录待本人确认</h2>
              {signed.length ? (
                <ul class="plain-list">
                  {signed.map((item) => (
                    <SignatureItem
                      key={item.taskKey}
                      item={item}
                      onAnswer={(confirmed) => setAnswering({ kind: 'signature', item, confirmed })}
                    />
                  ))}
                </ul>
              ) : (
                <Empty>没有他人代您录入、等待确认的签批。</Empty>
              )}
            </section>
            <section class="sheet">
              <h2>跳转、终止申请</h2>
              {asked.length ? (
                <ul class="plain-list">
                  {asked.map((item) => (
                    <InterventionItem
                      key={item.key}
                      item={item}
                      onAnswer={(approve) => setAnswering({ kind: 'intervention', item, approve })}
                    />
                  ))}
                </ul>
              ) : (
                <Empty>没有等待您决定或者由您提出的申请。</Empty>
              )}
            </section>
          </>
        )}
      </Loaded>
      {answering?.kind === 'signature' && (
        <SignatureDialog item={answering.item} confirmed={answering.confirmed} onClose={close} onDone={answered} />
      )}
      {answering?.kind === 'intervention' && (
        <DecideDialog item={answering.item} approve={answering.approve} onClose={close} onDone={answered} />
      )}
    </>
  );
}

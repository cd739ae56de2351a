import { useState } from 'preact/hooks';
import { caseClocks, type ClockDetail, type ClockOperation } from '../../api/case-clocks';
import { cases } from '../../api/endpoints';
import type { CaseDetail, Clock } from '../../api/types';
import { DueLight } from '../../components/DueLight';
import { lazy } from '../../components/lazy';
import { Loaded } from '../../components/Loaded';
import { formatDate } from '../../format/dates';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { ClockRecords } from './ClockRecords';
import { OPERATIONS, operationsFor } from './clockWords';
import { ProofTable } from './ProofTable';

const ClockDialog = lazy(() => import('./dialogs/ClockDialog').then((module) => module.ClockDialog));
const WhatIfDialog = lazy(() => import('./dialogs/WhatIfDialog').then((module) => module.WhatIfDialog));

const CLOCK_WORDS: Record<Clock['state'], string> = { running: '计时中', suspended: '中止', stopped: '已停止' };

type Shown = 'proof' | 'records' | null;
type Opened = { detail: ClockDetail; operation: ClockOperation | 'what-if' } | null;

function Proof({ caseKey, clock }: { caseKey: string; clock: Clock }) {
  const loading = useLoading(() => cases.proof(caseKey, clock.id), [caseKey, clock.id, clock.dueAt, clock.state]);
  return <Loaded of={loading}>{(proof) => <ProofTable days={proof.days} provisional={proof.provisional} />}</Loaded>;
}

interface ClockRowProps {
  caseKey: string;
  clock: Clock;
  mayAct: boolean;
  onChange: () => void;
}

/** The operations on a clock; what the rules allow is known once the clock has been read. */
function Operations({ caseKey, clock, mayAct, onOpen }: Omit<ClockRowProps, 'onChange'> & { onOpen: (opened: Opened) => void }) {
  const loading = useLoading(() => caseClocks.read(caseKey, clock.id), [caseKey, clock.id, clock.dueAt, clock.state]);
  const detail = loading.value;
  if (!detail || detail.state === 'stopped') return null;
  return (
    <div class="clock-acts" role="group" aria-label={`${clock.name}的操作`}>
      <button type="button" class="button button-small" onClick={() => onOpen({ detail, operation: 'what-if' })}>
        试算
      </button>
      {mayAct &&
        operationsFor(detail).map((operation) => (
          <button key={operation} type="button" class="button button-small" onClick={() => onOpen({ detail, operation })}>
            {OPERATIONS[operation]}
          </button>
        ))}
    </div>
  );
}

function ClockRow({ caseKey, clock, mayAct, onChange }: ClockRowProps) {
  const [shown, setShown] = useState<Shown>(null);
  const [opened, setOpened] = useState<Opened>(null);
  const stopped = clock.state === 'stopped';
  const toggle = (which: Shown) => setShown(shown === which ? null : which);
  const close = () => setOpened(null);
  return (
    <li class="clock">
      <div class="clock-line">
        <b>{clock.name}</b>
        {stopped ? (
          <span class="tag">{CLOCK_WORDS.stopped}</span>
        ) : (
          <DueLight
            dueAt={clock.dueAt}
            light={clock.state === 'suspended' ? 'paused' : clock.light}
            provisional={clock.provisional}
            remainingWorkingDays={clock.remainingWorkingDays}
            dated
          />
        )}
        <span class="clock-views">
          <button type="button" class="button" aria-expanded={shown === 'proof'} onClick={() => toggle('proof')}>
            {shown === 'proof' ? '收起推算' : '逐日推算'}
          </button>
          <button type="button" class="button" aria-expanded={shown === 'records'} onClick={() => toggle('records')}>
            {shown === 'records' ? '收起经过' : '期限经过'}
          </button>
        </span>
      </div>
      <p class="muted">
        {CLOCK_WORDS[clock.state]} · 起算日 {formatDate(clock.startedOn)}
        {stopped && clock.lastDay ? ` · 最后一天 ${formatDate(clock.lastDay)}` : ''}
        {clock.basis ? ` · 依据：${clock.basis}` : ''}
      </p>
      {!stopped && <Operations caseKey={caseKey} clock={clock} mayAct={mayAct} onOpen={setOpened} />}
      {shown === 'proof' && <Proof caseKey={caseKey} clock={clock} />}
      {shown === 'records' && <ClockRecords caseKey={caseKey} clock={clock} />}
      {opened?.operation === 'what-if' && <WhatIfDialog caseKey={caseKey} clock={opened.detail} onClose={close} />}
      {opened && opened.operation !== 'what-if' && (
        <ClockDialog
          caseKey={caseKey}
          clock={opened.detail}
          operation={opened.operation}
          onClose={close}
          onDone={(said) => {
            close();
            showDone(said);
            onChange();
          }}
        />
      )}
    </li>
  );
}

interface ClocksProps {
  item: CaseDetail;
  /** Whether this person may act on them: who has work in the case, and the heads of its department. */
  mayAct: boolean;
  onChange: () => void;
}

/** The case's legal clocks, each with its day-by-day proof, what was done to it, and what may be done. */
export function Clocks({ item, mayAct, onChange }: ClocksProps) {
  return (
    <section class="sheet">
      <h2>期限</h2>
      {item.clocks.length ? (
        <ul class="plain-list">
          {item.clocks.map((clock) => (
            <ClockRow key={clock.id} caseKey={item.key} clock={clock} mayAct={mayAct} onChange={onChange} />
          ))}
        </ul>
      ) : (
        <p class="muted">此事项没有法定或内部期限。</p>
      )}
    </section>
  );
}

import { useState } from 'preact/hooks';
import { cases } from '../../api/endpoints';
import type { CaseDetail, Clock, ClockProof } from '../../api/types';
import { DueLight } from '../../components/DueLight';
import { Loaded } from '../../components/Loaded';
import { formatDate } from '../../format/dates';
import { useLoading } from '../../state/loading';

const CLOCK_WORDS: Record<Clock['state'], string> = { running: '计时中', suspended: '中止', stopped: '已停止' };
const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

function ProofTable({ proof }: { proof: ClockProof }) {
  return (
    <div class="table-frame proof">
      <table class="table table-dense">
        <caption>
          逐日推算{proof.provisional ? '（暂算：尚无当年官方放假安排）' : ''}
        </caption>
        <thead>
          <tr>
            <th>日期</th>
            <th>星期</th>
            <th class="number">第几日</th>
            <th>是否计入</th>
            <th>理由</th>
          </tr>
        </thead>
        <tbody>
          {proof.days.map((day) => (
            <tr key={day.date} class={day.counted ? undefined : 'row-muted'}>
              <td>{day.date}</td>
              <td>{WEEKDAYS[new Date(`${day.date}T00:00:00Z`).getUTCDay()]}</td>
              <td class="number">{day.counted ? (day.number ?? '') : ''}</td>
              <td>{day.counted ? '计入' : '不计'}</td>
              <td>{day.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Proof({ caseKey, clock }: { caseKey: string; clock: Clock }) {
  const loading = useLoading(() => cases.proof(caseKey, clock.id), [caseKey, clock.id]);
  return <Loaded of={loading}>{(proof) => <ProofTable proof={proof} />}</Loaded>;
}

function ClockRow({ caseKey, clock }: { caseKey: string; clock: Clock }) {
  const [open, setOpen] = useState(false);
  const stopped = clock.state === 'stopped';
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
        <button type="button" class="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? '收起推算' : '逐日推算'}
        </button>
      </div>
      <p class="muted">
        {CLOCK_WORDS[clock.state]} · 起算日 {formatDate(clock.startedOn)}
        {clock.basis ? ` · 依据：${clock.basis}` : ''}
      </p>
      {open && <Proof caseKey={caseKey} clock={clock} />}
    </li>
  );
}

/** The case's legal clocks, each with its day-by-day proof. */
export function Clocks({ item }: { item: CaseDetail }) {
  return (
    <section class="sheet">
      <h2>期限</h2>
      {item.clocks.length ? (
        <ul class="plain-list">
          {item.clocks.map((clock) => (
            <ClockRow key={clock.id} caseKey={item.key} clock={clock} />
          ))}
        </ul>
      ) : (
        <p class="muted">此事项没有法定或内部期限。</p>
      )}
    </section>
  );
}

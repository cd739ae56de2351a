import { useState } from 'preact/hooks';
import { seals, type Seal, type SealHandover, type SealLoan } from '../../api/seals';
import { Loaded } from '../../components/Loaded';
import { PagedList } from '../../components/PagedList';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { usePaged } from '../../state/paged';
import { linkTo } from '../../state/route';
import { SealUseTable } from '../papers/SealUseTable';
import { HandOverDialog } from './SealDialogs';
import { SealState } from './SealState';

const HANDOVER_STATES: Record<SealHandover['state'], { word: string; tone: string }> = {
  PROPOSED: { word: '待确认', tone: 'tag tag-accent' },
  CONFIRMED: { word: '已确认', tone: 'tag tag-good' },
  WITHDRAWN: { word: '未成', tone: 'tag' },
};

function Loans({ items }: { items: readonly SealLoan[] }) {
  if (!items.length) return <p class="muted">没有带出过。</p>;
  return (
    <ul class="plain-list">
      {items.map((loan) => (
        <li key={loan.key}>
          {formatMoment(loan.takenAt)} 至 {loan.returnedAt ? formatMoment(loan.returnedAt) : '今'}，{loan.takenBy ?? '—'}
          {loan.matter && `：${loan.matter}`}
          <span class="muted">（应于 {formatMoment(loan.dueAt)} 前归还）</span>{' '}
          {loan.alarmedAt && <span class="tag tag-danger">逾期</span>}
        </li>
      ))}
    </ul>
  );
}

function Handovers({ items }: { items: readonly SealHandover[] }) {
  if (!items.length) return <p class="muted">没有移交记录。</p>;
  return (
    <ul class="plain-list">
      {items.map((item) => (
        <li key={item.key}>
          <span class={HANDOVER_STATES[item.state].tone}>{HANDOVER_STATES[item.state].word}</span> {formatMoment(item.handedAt)}{' '}
          {nameOf(item.from)} 移交 {nameOf(item.to)}
          {item.note && <span class="muted">（{item.note}）</span>}
        </li>
      ))}
    </ul>
  );
}

/** One seal: its register of use, the times it was out, its hand-overs. */
export function SealPage({ seal, onChange }: { seal: Seal; onChange: () => void }) {
  const uses = usePaged((cursor) => seals.uses(seal.id, cursor), [seal.id]);
  const loans = useLoading(() => seals.loans(seal.id), [seal.id]);
  const handovers = useLoading(() => seals.handovers(seal.id), [seal.id]);
  const [handing, setHanding] = useState(false);
  return (
    <>
      <div class="page-head">
        <div>
          <a class="link" href={linkTo('office', 'seals')}>
            ← 全部印章
          </a>
          <h1>{seal.name}</h1>
        </div>
        {seal.mayKeep && (
          <button type="button" class="button" onClick={() => setHanding(true)}>
            移交
          </button>
        )}
      </div>
      <div class="page-lead">
        <SealState seal={seal} />
      </div>
      <section class="section">
        <h2>用印登记</h2>
        <PagedList of={uses} empty="没有您可以查看的用印记录。">
          {(items) => <SealUseTable items={items} />}
        </PagedList>
      </section>
      <section class="sheet section">
        <h2>带出和归还</h2>
        <Loaded of={loans}>{({ items }) => <Loans items={items} />}</Loaded>
      </section>
      <section class="sheet section">
        <h2>移交</h2>
        <Loaded of={handovers}>{({ items }) => <Handovers items={items} />}</Loaded>
      </section>
      {handing && (
        <HandOverDialog
          seal={seal}
          onClose={() => setHanding(false)}
          onDone={(said) => {
            setHanding(false);
            showDone(said);
            handovers.reload();
            onChange();
          }}
        />
      )}
    </>
  );
}

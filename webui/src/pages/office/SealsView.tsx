import { useState } from 'preact/hooks';
import { seals, type Seal, type SealHandover } from '../../api/seals';
import { Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { linkTo, segments } from '../../state/route';
import { user } from '../../state/session';
import { AnswerDialog } from './SealDialogs';
import { SealPage } from './SealPage';
import { SealState } from './SealState';

interface WaitingProps {
  items: readonly SealHandover[];
  names: ReadonlyMap<string, string>;
  onAnswer: (handover: SealHandover) => void;
}

/** Hand-overs that wait for the one who looks. */
function WaitingHandovers({ items, names, onAnswer }: WaitingProps) {
  return (
    <section class="sheet" aria-label="待确认的移交">
      <h2>待确认的移交</h2>
      <ul class="plain-list">
        {items.map((item) => (
          <li key={item.key} class="button-row">
            <span>
              {names.get(item.seal) ?? item.seal}：{nameOf(item.from)} 于 {formatMoment(item.handedAt)} 移交 {nameOf(item.to)}
              {item.note && <span class="muted">（{item.note}）</span>}
            </span>
            <button type="button" class="button button-small" onClick={() => onAnswer(item)}>
              {item.to?.id === user.value?.id ? '确认或退回' : '撤回'}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SealTable({ items }: { items: readonly Seal[] }) {
  return (
    <div class="table-frame">
      <table class="table">
        <thead>
          <tr>
            <th>印章</th>
            <th>状态</th>
            <th>现保管人</th>
            <th>保管角色</th>
            <th>可否带出</th>
            <th>依据</th>
          </tr>
        </thead>
        <tbody>
          {items.map((seal) => (
            <tr key={seal.id}>
              <td class="cell-main">
                <a class="link" href={linkTo('office', 'seals', seal.id)}>
                  {seal.name}
                </a>
                <span class="muted cell-sub">{seal.kind}</span>
              </td>
              <td data-label="状态">
                <SealState seal={seal} />
              </td>
              <td data-label="现保管人" class="nowrap">
                {seal.keptBy?.name ?? '—'}
              </td>
              <td data-label="保管角色">{seal.keepers.join('、')}</td>
              <td data-label="可否带出" class="nowrap">
                {seal.mayLeave ? '经审批可带出' : '不得带出'}
              </td>
              <td data-label="依据" class="cell-text">
                {seal.source}
                {seal.note && <span class="muted cell-sub">{seal.note}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

async function readSeals(): Promise<{ items: Seal[]; waiting: SealHandover[] }> {
  const [all, waiting] = await Promise.all([seals.list(), seals.waiting()]);
  return { items: all.items, waiting: waiting.items };
}

/** 印章: where each seal is, hand-overs to confirm; or one seal with its registers. */
export function SealsView() {
  const loading = useLoading(readSeals, []);
  const [answering, setAnswering] = useState<SealHandover | null>(null);
  const wanted = segments.value[2];
  return (
    <Loaded of={loading}>
      {({ items, waiting }) => {
        const seal = items.find((each) => each.id === wanted);
        if (seal) return <SealPage key={seal.id} seal={seal} onChange={loading.reload} />;
        return (
          <>
            <div class="page-head">
              <h1>印章</h1>
            </div>
            {waiting.length > 0 && (
              <WaitingHandovers
                items={waiting}
                names={new Map(items.map(({ id, name }) => [id, name]))}
                onAnswer={setAnswering}
              />
            )}
            <SealTable items={items} />
            {answering && (
              <AnswerDialog
                handover={answering}
                onClose={() => setAnswering(null)}
                onDone={(said) => {
                  setAnswering(null);
                  showDone(said);
                  loading.reload();
                }}
              />
            )}
          </>
        );
      }}
    </Loaded>
  );
}

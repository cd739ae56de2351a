import { useEffect, useRef, useState } from 'preact/hooks';
import { supervision, type Hit, type HitFilter } from '../../api/supervision';
import { Empty, Failure, Waiting } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { useLoading } from '../../state/loading';
import { linkTo } from '../../state/route';
import { OUTCOMES, STRENGTHS } from './words';

interface Listed {
  items: Hit[];
  total: number;
  nextCursor: string | null;
  busy: boolean;
  error?: unknown;
}

const NOTHING: Listed = { items: [], total: 0, nextCursor: null, busy: true };

function useHits(filter: HitFilter) {
  const [listed, setListed] = useState<Listed>(NOTHING);
  const turn = useRef(0);
  const load = async (cursor: string | null) => {
    const mine = (turn.current += 1);
    setListed((before) => ({ ...(cursor ? before : NOTHING), busy: true }));
    try {
      const page = await supervision.hits(filter, cursor);
      if (mine !== turn.current) return;
      setListed((before) => ({
        items: [...before.items, ...page.items],
        total: page.total,
        nextCursor: page.nextCursor,
        busy: false,
      }));
    } catch (error) {
      if (mine === turn.current) setListed((before) => ({ ...before, busy: false, error }));
    }
  };
  useEffect(() => {
    void load(null);
    return () => {
      turn.current += 1;
    };
  }, [filter.control, filter.outcome, filter.strength]);
  return { listed, load };
}

function Row({ hit, title }: { hit: Hit; title: string }) {
  const outcome = OUTCOMES[hit.outcome];
  const strength = STRENGTHS[hit.strength];
  return (
    <tr>
      <td data-label="时间" class="nowrap">
        {formatMoment(hit.at)}
      </td>
      <td data-label="事项" class="cell-main">
        <a class="link" href={linkTo('cases', hit.processInstanceKey)}>
          {hit.caseTitle ?? hit.processInstanceKey}
        </a>
        <span class="muted cell-sub cell-code">{hit.elementId}</span>
      </td>
      <td data-label="控制" class="cell-text">
        {title} <span class="muted cell-code">{hit.controlId}</span>
        <span class="muted cell-sub">{hit.words}</span>
      </td>
      <td data-label="强度" class="nowrap">
        <span class={strength.tone}>{strength.word}</span>
      </td>
      <td data-label="结果" class="nowrap">
        <span class={outcome?.tone ?? 'tag'}>{outcome?.word ?? hit.outcome}</span>
      </td>
      <td data-label="人员" class="nowrap">
        {hit.actor?.name ?? '—'}
      </td>
      <td data-label="理由" class="cell-text">
        {hit.reason ?? '—'}
      </td>
    </tr>
  );
}

function HitTable({ filter, empty }: { filter: HitFilter; empty: string }) {
  const { listed, load } = useHits(filter);
  const register = useLoading(() => supervision.register(), []);
  const titles = new Map(register.value?.items.map((control) => [control.id, control.title]));
  const { items, total, nextCursor, busy, error } = listed;
  if (error !== undefined) return <Failure error={error} onRetry={() => void load(null)} />;
  if (!items.length) return busy ? <Waiting /> : <Empty>{empty}</Empty>;
  return (
    <>
      <p class="muted list-count" role="status">
        共 {total} 条
      </p>
      <div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th>时间</th>
              <th>事项</th>
              <th>控制</th>
              <th>强度</th>
              <th>结果</th>
              <th>人员</th>
              <th>理由</th>
            </tr>
          </thead>
          <tbody>
            {items.map((hit, position) => (
              <Row key={position} hit={hit} title={titles.get(hit.controlId) ?? hit.controlId} />
            ))}
          </tbody>
        </table>
      </div>
      {nextCursor && (
        <p class="list-foot">
          <button type="button" class="button" disabled={busy} onClick={() => void load(nextCursor)}>
            {busy ? '正在加载……' : '显示更早的'}
          </button>
        </p>
      )}
    </>
  );
}

function Select({ label, value, all, options, onChange }: {
  label: string;
  value: string;
  all: string;
  options: ReadonlyArray<readonly [id: string, word: string]>;
  onChange: (value: string) => void;
}) {
  return (
    <select class="input select" aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{all}</option>
      {options.map(([id, word]) => (
        <option key={id} value={id}>
          {word}
        </option>
      ))}
    </select>
  );
}

const wordsOf = (all: Record<string, { word: string }>) =>
  Object.entries(all).map(([id, { word }]) => [id, word] as const);

/** 命中清单: what controls hit, for 派驻组, the head of the office, auditors. */
export function HitsView() {
  const [filter, setFilter] = useState<HitFilter>({ control: '', outcome: '', strength: '' });
  const register = useLoading(() => supervision.register(), []);
  const controls = (register.value?.items ?? []).map((control) => [control.id, `${control.id} ${control.title}`] as const);
  const change = (part: Partial<HitFilter>) => setFilter({ ...filter, ...part });
  return (
    <>
      <div class="page-head">
        <h1>控制命中清单</h1>
        <div class="filters">
          <Select
            label="按控制筛选"
            value={filter.control}
            all="全部控制"
            options={controls}
            onChange={(control) => change({ control })}
          />
          <Select
            label="按强度筛选"
            value={filter.strength}
            all="全部强度"
            options={wordsOf(STRENGTHS)}
            onChange={(strength) => change({ strength })}
          />
          <Select
            label="按结果筛选"
            value={filter.outcome}
            all="全部结果"
            options={wordsOf(OUTCOMES)}
            onChange={(outcome) => change({ outcome })}
          />
        </div>
      </div>
      <p class="page-lead">供派驻纪检监察组、办公室负责人和审计管理员查看。被阻断而没有办成的提交不在此列。</p>
      <HitTable filter={filter} empty="没有符合条件的记录。" />
    </>
  );
}

const OVERRIDDEN: HitFilter = { control: '', strength: '', outcome: 'overridden' };

/** 例外放行: what was let pass in spite of a control, by whom, and why. */
export function OverridesView() {
  return (
    <>
      <div class="page-head">
        <h1>例外放行</h1>
      </div>
      <p class="page-lead">控制应当阻断而由有权人员批准放行的，连同理由。批准人与办理人不能是同一人。</p>
      <HitTable filter={OVERRIDDEN} empty="没有例外放行。" />
    </>
  );
}

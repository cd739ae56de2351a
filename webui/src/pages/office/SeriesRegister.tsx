import { useState } from 'preact/hooks';
import { numbers, type NumberChoice, type NumberSeries, type NumberState, type RegisteredNumber } from '../../api/numbers';
import { PagedList } from '../../components/PagedList';
import { SearchField } from '../../components/SearchField';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { showDone } from '../../state/notices';
import { usePaged } from '../../state/paged';
import { linkTo } from '../../state/route';
import { NUMBER_STATES } from '../papers/words';
import { ChangeDialog, ReserveDialog } from './NumberDialogs';

interface RowProps {
  item: RegisteredNumber;
  mayKeep: boolean;
  onChange: (item: RegisteredNumber) => void;
}

function Row({ item, mayKeep, onChange }: RowProps) {
  const state = NUMBER_STATES[item.state];
  return (
    <tr>
      <td class="cell-main nowrap">{item.text}</td>
      <td data-label="状态" class="nowrap">
        <span class={state.tone}>{state.word}</span>
      </td>
      <td data-label="标题" class="cell-text">
        {item.processInstanceKey ? (
          <a class="link" href={linkTo('cases', item.processInstanceKey)}>
            {item.title ?? '查看事项'}
          </a>
        ) : (
          (item.title ?? '—')
        )}
      </td>
      <td data-label="取号" class="nowrap">
        {nameOf(item.by)}
        <span class="muted cell-sub">{formatMoment(item.at)}</span>
      </td>
      <td data-label="说明" class="cell-text">
        {item.reservedFor && <span class="cell-sub">预留：{item.reservedFor}</span>}
        {item.reason ?? (item.reservedFor ? '' : '—')}
        {item.changedAt && (
          <span class="muted cell-sub">
            {nameOf(item.changedBy)} {formatMoment(item.changedAt)}
          </span>
        )}
      </td>
      {mayKeep && (
        <td data-label="操作" class="nowrap">
          <button type="button" class="link" onClick={() => onChange(item)}>
            {item.state === 'VOID' ? '恢复' : '作废'}
          </button>
        </td>
      )}
    </tr>
  );
}

const yearWords = (period: number): string => (period ? `${period}年` : '历年连续');

interface SeriesRegisterProps {
  series: NumberSeries;
  onChange: () => void;
}

/** The register of a series: every number of a year, given, void or set aside; for keepers, what they may do. */
export function SeriesRegister({ series, onChange }: SeriesRegisterProps) {
  const years = [...series.periods].sort((one, other) => other - one);
  const [choice, setChoice] = useState<NumberChoice>({ year: null, state: '', search: '' });
  const [missing, setMissing] = useState<number[]>([]);
  const [period, setPeriod] = useState<number | null>(null);
  const [changing, setChanging] = useState<RegisteredNumber | null>(null);
  const [reserving, setReserving] = useState(false);
  const paged = usePaged(
    async (cursor) => {
      const page = await numbers.register(series.id, choice, cursor);
      setMissing(page.missing);
      setPeriod(page.period);
      return page;
    },
    [series.id, choice],
  );
  const done = (said: string) => {
    setChanging(null);
    setReserving(false);
    showDone(said);
    paged.reload();
    onChange();
  };
  return (
    <>
      <div class="page-head">
        <div>
          <a class="link" href={linkTo('office', 'numbers')}>
            ← 全部系列
          </a>
          <h1>{series.title}</h1>
        </div>
        <div class="filters">
          <SearchField label="搜索编号" placeholder="编号或标题" value={choice.search} onSearch={(search) => setChoice({ ...choice, search })} />
          {years.length > 0 && (
            <select
              class="input select"
              aria-label="年度"
              value={String(period ?? '')}
              onChange={(event) => setChoice({ ...choice, year: Number(event.currentTarget.value) })}
            >
              {period !== null && !years.includes(period) && <option value={String(period)}>{yearWords(period)}</option>}
              {years.map((year) => (
                <option key={year} value={String(year)}>
                  {yearWords(year)}
                </option>
              ))}
            </select>
          )}
          <select
            class="input select"
            aria-label="按状态筛选"
            value={choice.state}
            onChange={(event) => setChoice({ ...choice, state: event.currentTarget.value })}
          >
            <option value="">全部状态</option>
            {(Object.keys(NUMBER_STATES) as NumberState[]).map((state) => (
              <option key={state} value={state}>
                {NUMBER_STATES[state].word}
              </option>
            ))}
          </select>
          {series.mayKeep && (
            <button type="button" class="button" onClick={() => setReserving(true)}>
              预留编号
            </button>
          )}
        </div>
      </div>
      <p class="page-lead">
        下一号：{series.nextText}。保管人：{series.keepers.join('、')}。
      </p>
      {missing.length > 0 && (
        <p class="failure" role="alert">
          登记簿缺号：{missing.join('、')}。请立即告知系统管理员。
        </p>
      )}
      <PagedList of={paged} empty="没有符合条件的编号。">
        {(items) => (
          <div class="table-frame">
            <table class="table">
              <thead>
                <tr>
                  <th>编号</th>
                  <th>状态</th>
                  <th>标题</th>
                  <th>取号</th>
                  <th>说明</th>
                  {series.mayKeep && <th>操作</th>}
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <Row key={item.number} item={item} mayKeep={series.mayKeep} onChange={setChanging} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </PagedList>
      {reserving && <ReserveDialog series={series} onClose={() => setReserving(false)} onDone={done} />}
      {changing && period !== null && (
        <ChangeDialog series={series} period={period} item={changing} onClose={() => setChanging(null)} onDone={done} />
      )}
    </>
  );
}

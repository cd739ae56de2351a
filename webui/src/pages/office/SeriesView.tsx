import { numbers, type NumberSeries } from '../../api/numbers';
import { Loaded } from '../../components/Loaded';
import { useLoading } from '../../state/loading';
import { linkTo, segments } from '../../state/route';
import { SeriesRegister } from './SeriesRegister';

function SeriesTable({ items }: { items: readonly NumberSeries[] }) {
  return (
    <>
      <div class="page-head">
        <h1>文号和登记号</h1>
      </div>
      <p class="page-lead">每个系列逐一取号，不跳号、不重号；办理环节签发时自动取号。保管人可以预留、作废和恢复。</p>
      <div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th>系列</th>
              <th>下一号</th>
              <th class="number">已到</th>
              <th>编号方式</th>
              <th>保管人</th>
              <th>依据</th>
            </tr>
          </thead>
          <tbody>
            {items.map((series) => (
              <tr key={series.id}>
                <td class="cell-main">
                  <a class="link" href={linkTo('office', 'numbers', series.id)}>
                    {series.title}
                  </a>
                </td>
                <td data-label="下一号" class="nowrap">
                  {series.nextText}
                </td>
                <td data-label="已到" class="number">
                  {series.last}
                </td>
                <td data-label="编号方式" class="nowrap">
                  {series.reset === 'yearly' ? '每年重新编号' : '连续编号'}
                </td>
                <td data-label="保管人">{series.keepers.join('、')}</td>
                <td data-label="依据" class="cell-text">
                  {series.source}
                  {series.note && <span class="muted cell-sub">{series.note}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** 文号: all series, or the register of one of them. */
export function SeriesView() {
  const loading = useLoading(() => numbers.series(), []);
  const wanted = segments.value[2];
  return (
    <Loaded of={loading}>
      {({ items }) => {
        const series = items.find((each) => each.id === wanted);
        return series ? (
          <SeriesRegister key={series.id} series={series} onChange={loading.reload} />
        ) : (
          <SeriesTable items={items} />
        );
      }}
    </Loaded>
  );
}

import { registers } from '../../api/registers';
import { Empty, Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { useLoading } from '../../state/loading';
import { ExportState, useExports } from './ExportProgress';

/** 导出记录: what one ordered of registers, and the files while they are kept. */
export function ExportsView() {
  const loading = useExports();
  const titles = new Map(useLoading(() => registers.list(), []).value?.items.map(({ id, title }) => [id, title]));
  return (
    <>
      <div class="page-head">
        <h1>导出记录</h1>
      </div>
      <p class="page-lead">导出的文件保留七天，只有导出人本人可以下载。</p>
      <Loaded of={loading}>
        {({ items }) =>
          items.length ? (
            <div class="table-frame">
              <table class="table">
                <thead>
                  <tr>
                    <th>台账</th>
                    <th>导出时间</th>
                    <th class="number">条数</th>
                    <th>进度</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <tr key={item.key}>
                      <td class="cell-main">{titles.get(item.registerId) ?? item.registerId}</td>
                      <td data-label="导出时间" class="nowrap">
                        {formatMoment(item.orderedAt)}
                      </td>
                      <td data-label="条数" class="number">
                        {item.total}
                      </td>
                      <td data-label="进度">
                        <ExportState item={item} onChange={loading.reload} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <Empty>还没有导出过台账。</Empty>
          )
        }
      </Loaded>
    </>
  );
}

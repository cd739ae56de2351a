import { caseReads } from '../../api/case-controls';
import { Empty, Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { partRead } from '../../format/reads';
import { nameOf } from '../../format/text';
import { useLoading } from '../../state/loading';

/** Who read a restricted case; for auditors. */
export function CaseReads({ caseKey }: { caseKey: string }) {
  const loading = useLoading(() => caseReads(caseKey), [caseKey]);
  return (
    <Loaded of={loading}>
      {({ items }) =>
        items.length ? (
          <div class="table-frame">
            <table class="table">
              <thead>
                <tr>
                  <th>查阅人</th>
                  <th>时间</th>
                  <th>查阅内容</th>
                </tr>
              </thead>
              <tbody>
                {items.map((item, position) => (
                  <tr key={position}>
                    <td data-label="查阅人" class="cell-main">
                      {nameOf(item.user)}
                    </td>
                    <td data-label="时间" class="nowrap">
                      {formatMoment(item.readAt)}
                    </td>
                    <td data-label="查阅内容">
                      <span title={item.resource}>{partRead(item.resource)}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : (
          <Empty>没有查阅记录。只有受限事项（人事、信访等）记录每次查阅。</Empty>
        )
      }
    </Loaded>
  );
}

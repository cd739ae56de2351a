import type { SealUse } from '../../api/seals';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { linkTo } from '../../state/route';

/** 用印登记: what a seal was put on, how often, who asked and who put it. */
export function SealUseTable({ items, names }: { items: readonly SealUse[]; names?: ReadonlyMap<string, string> }) {
  return (
    <div class="table-frame">
      <table class="table">
        <thead>
          <tr>
            <th>序号</th>
            {names && <th>印章</th>}
            <th>事由</th>
            <th>文件</th>
            <th class="number">份数</th>
            <th>申请人</th>
            <th>用印人</th>
            <th>时间</th>
          </tr>
        </thead>
        <tbody>
          {items.map((use) => (
            <tr key={use.key}>
              <td data-label="序号" class="nowrap">
                {use.number ?? '—'}
              </td>
              {names && <td data-label="印章">{names.get(use.seal) ?? use.seal}</td>}
              <td class="cell-main">
                {use.processInstanceKey && !names ? (
                  <a class="link" href={linkTo('cases', use.processInstanceKey)}>
                    {use.matter ?? '查看事项'}
                  </a>
                ) : (
                  (use.matter ?? '—')
                )}
              </td>
              <td data-label="文件">
                {use.documentTitle ?? '—'}
                {use.documentNumber && <span class="muted cell-sub">{use.documentNumber}</span>}
              </td>
              <td data-label="份数" class="number">
                {use.copies ?? '—'}
              </td>
              <td data-label="申请人" class="nowrap">
                {use.askedBy ?? '—'}
              </td>
              <td data-label="用印人" class="nowrap">
                {nameOf(use.by)}
              </td>
              <td data-label="时间" class="nowrap">
                {formatMoment(use.usedAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

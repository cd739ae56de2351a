import { cases } from '../../api/endpoints';
import type { RecordItem } from '../../api/types';
import { Empty, Loaded } from '../../components/Loaded';
import { formatDue, formatDuration, formatMoment } from '../../format/dates';
import { nameOf, showValue } from '../../format/text';
import { useLoading } from '../../state/loading';

function Changes({ changes }: { changes: RecordItem['changes'] }) {
  if (!changes.length) return <>—</>;
  return (
    <details>
      <summary>{changes.length} 项</summary>
      <ul class="plain-list changes">
        {changes.map((change) => (
          <li key={change.name}>
            <b>{change.label ?? change.name}</b>　{change.old !== null && <del>{showValue(change.old)}</del>} {showValue(change.new)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Row({ item, number }: { item: RecordItem; number: number }) {
  const late = item.dueAt !== null && Date.parse(item.at) > Date.parse(item.dueAt);
  return (
    <tr>
      <td class="number" data-label="序号">
        {number}
      </td>
      <td data-label="时间" class="nowrap">
        {formatMoment(item.at)}
      </td>
      <td data-label="步骤" class="cell-main">
        {item.elementName ?? item.action}
      </td>
      <td data-label="办理人" class="nowrap">
        {nameOf(item.actor)}
        {item.onBehalfOf && <span class="muted cell-sub">代{item.onBehalfOf.name}</span>}
      </td>
      <td data-label="操作">
        {item.action} {item.outcome && <span class="tag">{item.outcome}</span>}
      </td>
      <td data-label="意见" class="cell-text">
        {item.opinion ?? '—'}
      </td>
      <td data-label="用时" class="nowrap">
        {formatDuration(item.durationSeconds)}
        {late && item.dueAt && <span class="tag tag-danger">超期（应于 {formatDue(item.dueAt)} 前）</span>}
      </td>
      <td data-label="数据变化">
        <Changes changes={item.changes} />
      </td>
    </tr>
  );
}

/** 审批记录 of a case, in the order in which it happened. */
export function RecordTable({ caseKey }: { caseKey: string }) {
  const loading = useLoading(() => cases.record(caseKey), [caseKey]);
  return (
    <Loaded of={loading}>
      {(record) =>
        record.items.length ? (
          <div class="table-frame">
            <table class="table">
              <thead>
                <tr>
                  <th class="number">序号</th>
                  <th>时间</th>
                  <th>步骤</th>
                  <th>办理人</th>
                  <th>操作</th>
                  <th>意见</th>
                  <th>用时</th>
                  <th>数据变化</th>
                </tr>
              </thead>
              <tbody>
                {record.items.map((item, index) => (
                  <Row key={`${item.at}/${index}`} item={item} number={index + 1} />
                ))}
              </tbody>
            </table>
          </div>
        ) : (
          <Empty>还没有办理记录。</Empty>
        )
      }
    </Loaded>
  );
}

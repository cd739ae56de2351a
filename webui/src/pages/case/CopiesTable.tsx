import { copies } from '../../api/correspondence';
import { Empty, Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { useLoading } from '../../state/loading';
import { COPY_WORDS } from '../correspondence/words';

/** To whom a case was sent to read, and who has read it. */
export function CopiesTable({ caseKey, turn }: { caseKey: string; turn: number }) {
  const loading = useLoading(() => copies.receipts(caseKey), [caseKey, turn]);
  return (
    <Loaded of={loading}>
      {({ items }) =>
        items.length ? (
          <div class="table-frame">
            <table class="table">
              <caption class="table-caption">
                已送 {items.length} 人，已阅 {items.filter((item) => item.readAt).length} 人
              </caption>
              <thead>
                <tr>
                  <th>人员</th>
                  <th>方式</th>
                  <th>来自</th>
                  <th>附言</th>
                  <th>阅读回执</th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={item.key}>
                    <td data-label="人员" class="cell-main">
                      {nameOf(item.user)}
                    </td>
                    <td data-label="方式" class="nowrap">
                      {COPY_WORDS[item.kind]}
                    </td>
                    <td data-label="来自" class="nowrap">
                      {nameOf(item.sentBy)}
                      <span class="muted cell-sub">{formatMoment(item.sentAt)}</span>
                    </td>
                    <td data-label="附言" class="cell-text">
                      {item.note ?? '—'}
                    </td>
                    <td data-label="阅读回执" class="nowrap">
                      {item.readAt ? (
                        <>
                          <span class="tag tag-good">已阅</span> {formatMoment(item.readAt)}
                        </>
                      ) : (
                        <span class="tag">未阅</span>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : (
          <Empty>还没有抄送或者传阅给任何人。</Empty>
        )
      }
    </Loaded>
  );
}

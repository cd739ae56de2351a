import { caseClocks, type ClockDetail } from '../../api/case-clocks';
import type { Clock } from '../../api/types';
import { Loaded } from '../../components/Loaded';
import { formatDate, formatMoment } from '../../format/dates';
import { useLoading } from '../../state/loading';
import { dueOf, lengthWords, recordDay, recordGrounds, recordName } from './clockWords';

function Periods({ detail }: { detail: ClockDetail }) {
  return (
    <dl class="facts clock-facts">
      <div>
        <dt>期限</dt>
        <dd>{lengthWords(detail.term)}</dd>
      </div>
      <div>
        <dt>起算依据</dt>
        <dd>{detail.evidence || '—'}</dd>
      </div>
      {detail.suspensions.map((suspension) => (
        <div key={suspension.first}>
          <dt>中止</dt>
          <dd>
            {formatDate(suspension.first)} 至 {suspension.last ? formatDate(suspension.last) : '今'}（{suspension.ground}；
            {suspension.paper}）
          </dd>
        </div>
      ))}
      {detail.extensions.map((extension) => (
        <div key={extension.decided_on}>
          <dt>延长</dt>
          <dd>
            {lengthWords(extension.by)}，{formatDate(extension.decided_on)} 决定（批准人：{extension.approver}；{extension.paper}）
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Everything that was done to a clock, with the due dates before and after. */
export function ClockRecords({ caseKey, clock }: { caseKey: string; clock: Clock }) {
  const loading = useLoading(() => caseClocks.read(caseKey, clock.id), [caseKey, clock.id, clock.dueAt, clock.state]);
  return (
    <Loaded of={loading}>
      {(detail) => (
        <>
          <Periods detail={detail} />
          {!detail.records.length && <p class="muted">起算后没有中止、恢复、延长或者更正。</p>}
          <div class="table-frame" hidden={!detail.records.length}>
            <table class="table">
              <thead>
                <tr>
                  <th>操作</th>
                  <th>日期</th>
                  <th>到期日</th>
                  <th>事由和依据</th>
                  <th>录入</th>
                </tr>
              </thead>
              <tbody>
                {detail.records.map((record, position) => (
                  <tr key={position}>
                    <td data-label="操作" class="nowrap">
                      {recordName(record)}
                    </td>
                    <td data-label="日期" class="nowrap">
                      {recordDay(record)}
                    </td>
                    <td data-label="到期日" class="nowrap">
                      {record.old_due_at !== record.new_due_at && `${dueOf(record, 'old')} → `}
                      {dueOf(record, 'new')}
                    </td>
                    <td data-label="事由和依据" class="cell-text">
                      {recordGrounds(record)}
                    </td>
                    <td data-label="录入" class="nowrap">
                      {record.actor ?? '—'}
                      <span class="muted cell-sub">{formatMoment(record.recorded_at)}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Loaded>
  );
}

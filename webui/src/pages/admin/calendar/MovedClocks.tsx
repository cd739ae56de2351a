import { useEffect } from 'preact/hooks';
import { calendars, type Recomputed } from '../../../api/calendars';
import { Loaded } from '../../../components/Loaded';
import { useLoading } from '../../../state/loading';
import { linkTo } from '../../../state/route';

const SECONDS_BETWEEN = 5;

function Counted({ told }: { told: Recomputed }) {
  const parts = [
    `${told.items.length + told.restricted} 个期限的日期有变`,
    told.unmoved > 0 && `${told.unmoved} 个不变`,
    told.restricted > 0 && `其中 ${told.restricted} 个属受限案件，不列出`,
  ];
  return (
    <p role="status">
      {parts.filter(Boolean).join('，')}。
      {told.waiting > 0 && <b> 还有 {told.waiting} 个正在等待重新计算……</b>}
    </p>
  );
}

/** What a confirmed calendar did to open time limits: old and new dates; looked at again while some wait. */
export function MovedClocks({ proposalKey }: { proposalKey: string }) {
  const loading = useLoading(() => calendars.recomputed(proposalKey), [proposalKey]);
  const waiting = (loading.value?.waiting ?? 0) > 0;
  useEffect(() => {
    if (!waiting || loading.busy) return;
    const timer = setTimeout(loading.reload, SECONDS_BETWEEN * 1000);
    return () => clearTimeout(timer);
  }, [waiting, loading.busy]);
  return (
    <Loaded of={loading}>
      {(told) => (
        <>
          <Counted told={told} />
          {told.items.length > 0 && (
            <div class="table-frame">
              <table class="table">
                <thead>
                  <tr>
                    <th>事项</th>
                    <th>期限</th>
                    <th>原到期日</th>
                    <th>新到期日</th>
                  </tr>
                </thead>
                <tbody>
                  {told.items.map((moved) => (
                    <tr key={`${moved.processInstanceKey}${moved.clockId}`}>
                      <td data-label="事项" class="cell-main">
                        <a class="link" href={linkTo('cases', moved.processInstanceKey)}>
                          {moved.caseTitle}
                        </a>
                      </td>
                      <td data-label="期限">{moved.clockName}</td>
                      <td data-label="原到期日" class="nowrap">
                        <del>{moved.oldDue ?? '—'}</del>
                      </td>
                      <td data-label="新到期日" class="nowrap">
                        <b>{moved.newDue ?? '—'}</b>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </>
      )}
    </Loaded>
  );
}

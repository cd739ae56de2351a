import { useState } from 'preact/hooks';
import { admin } from '../../api/endpoints';
import type { Incident } from '../../api/types';
import { Empty, Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { useLoading } from '../../state/loading';
import { showDone, showError } from '../../state/notices';
import { linkTo } from '../../state/route';
import { useSubmission } from '../../state/submission';

/** Camunda 8's error types, in words. */
const TYPE_WORDS: Record<string, string> = {
  CONDITION_ERROR: '条件出错',
  EXTRACT_VALUE_ERROR: '取值出错',
  IO_MAPPING_ERROR: '数据映射出错',
  JOB_NO_RETRIES: '作业重试用尽',
  CALLED_ELEMENT_ERROR: '调用的流程不存在',
  CALLED_DECISION_ERROR: '规则未能判断',
  DECISION_EVALUATION_ERROR: '规则未能判断',
  UNHANDLED_ERROR_EVENT: '错误未被处理',
  FORM_NOT_FOUND: '表单不存在',
};

function Row({ incident, onDone }: { incident: Incident; onDone: () => void }) {
  const [busy, submit] = useSubmission();
  const resolve = async () => {
    try {
      await submit((key) => admin.resolveIncident(incident.key, key));
      showDone(`“${incident.caseTitle}”已重试。`);
    } catch (error) {
      showError(error);
    }
    onDone();
  };
  return (
    <tr>
      <td data-label="发生时间" class="nowrap">
        {formatMoment(incident.createdAt)}
      </td>
      <td data-label="事项" class="cell-main">
        <a class="link" href={linkTo('cases', incident.processInstanceKey, 'replay')}>
          {incident.caseTitle}
        </a>
        <span class="muted cell-sub">{incident.elementId}</span>
      </td>
      <td data-label="类型">
        {TYPE_WORDS[incident.errorType] ?? incident.errorType}
        <span class="muted cell-sub cell-code">{incident.errorType}</span>
      </td>
      <td data-label="说明" class="cell-text">
        {incident.message}
      </td>
      <td data-label="处理">
        <button type="button" class="button button-small" disabled={busy} onClick={() => void resolve()}>
          {busy ? '正在重试……' : '已排除，重试'}
        </button>
      </td>
    </tr>
  );
}

/** Cases that stand still because something failed, and the retry once the cause is gone. */
export function IncidentsView() {
  const [state, setState] = useState('active');
  const loading = useLoading(() => admin.incidents(state), [state]);
  return (
    <>
      <div class="page-head">
        <h1>异常</h1>
        <select
          class="input select"
          aria-label="按状态筛选"
          value={state}
          onChange={(event) => setState(event.currentTarget.value)}
        >
          <option value="active">待处理</option>
          <option value="resolved">已处理</option>
        </select>
      </div>
      <Loaded of={loading}>
        {(answer) =>
          answer.items.length ? (
            <div class="table-frame">
              <table class="table">
                <thead>
                  <tr>
                    <th>发生时间</th>
                    <th>事项</th>
                    <th>类型</th>
                    <th>说明</th>
                    <th>处理</th>
                  </tr>
                </thead>
                <tbody>
                  {answer.items.map((incident) => (
                    <Row key={incident.key} incident={incident} onDone={loading.reload} />
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <Empty>{state === 'active' ? '没有待处理的异常。' : '没有处理过的异常。'}</Empty>
          )
        }
      </Loaded>
    </>
  );
}

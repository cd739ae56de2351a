import { useState } from 'preact/hooks';
import { admin } from '../../api/endpoints';
import type { Job } from '../../api/types';
import { Empty, Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { useLoading } from '../../state/loading';
import { linkTo } from '../../state/route';

const STATUS_WORDS: Record<string, string> = {
  due: '到期待执行',
  scheduled: '已排定',
  waiting: '等待中',
  running: '执行中',
  failed: '失败',
  done: '已完成',
  canceled: '已取消',
};

const KIND_WORDS: Record<string, string> = {
  timer: '计时',
  job: '自动作业',
  'service-task': '自动作业',
  message: '消息',
  notification: '通知',
};

function Row({ job }: { job: Job }) {
  return (
    <tr>
      <td data-label="种类">{KIND_WORDS[job.kind] ?? job.kind}</td>
      <td data-label="状态">
        <span class={job.status === 'failed' ? 'tag tag-danger' : 'tag'}>{STATUS_WORDS[job.status] ?? job.status}</span>
      </td>
      <td data-label="执行时间" class="nowrap">
        {formatMoment(job.dueAt)}
      </td>
      <td data-label="已试次数" class="number">
        {job.attempts}
      </td>
      <td data-label="事项" class="nowrap">
        {job.processInstanceKey ? (
          <a class="link" href={linkTo('cases', job.processInstanceKey)}>
            {job.processInstanceKey}
          </a>
        ) : (
          '—'
        )}
        {job.elementId && <span class="muted cell-sub">{job.elementId}</span>}
      </td>
      <td data-label="最近错误" class="cell-text">
        {job.lastError ?? '—'}
      </td>
    </tr>
  );
}

/** Timers and automatic work: what waits, what ran, what failed. */
export function JobsView() {
  const [status, setStatus] = useState('');
  const loading = useLoading(() => admin.jobs(status), [status]);
  return (
    <>
      <div class="page-head">
        <h1>作业</h1>
        <div class="inbox-tools">
          <select
            class="input select"
            aria-label="按状态筛选"
            value={status}
            onChange={(event) => setStatus(event.currentTarget.value)}
          >
            <option value="">未结束的</option>
            {Object.entries(STATUS_WORDS).map(([id, word]) => (
              <option key={id} value={id}>
                {word}
              </option>
            ))}
          </select>
          <button type="button" class="button" disabled={loading.busy} onClick={loading.reload}>
            刷新
          </button>
        </div>
      </div>
      <Loaded of={loading}>
        {(answer) =>
          answer.items.length ? (
            <div class="table-frame">
              <table class="table">
                <thead>
                  <tr>
                    <th>种类</th>
                    <th>状态</th>
                    <th>执行时间</th>
                    <th class="number">已试次数</th>
                    <th>事项</th>
                    <th>最近错误</th>
                  </tr>
                </thead>
                <tbody>
                  {answer.items.map((job) => (
                    <Row key={job.key} job={job} />
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <Empty>没有作业。</Empty>
          )
        }
      </Loaded>
    </>
  );
}

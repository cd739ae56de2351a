import { useState } from 'preact/hooks';
import { operations } from '../../../api/operations';
import { Empty, Loaded } from '../../../components/Loaded';
import { formatMoment } from '../../../format/dates';
import { useLoading } from '../../../state/loading';
import { showDone, showError } from '../../../state/notices';
import { permissions } from '../../../state/permissions';
import { useSubmission } from '../../../state/submission';

const STATUS: Record<string, { word: string; tone: string }> = {
  ready: { word: '待发送', tone: 'tag tag-accent' },
  leased: { word: '发送中', tone: 'tag tag-accent' },
  sent: { word: '已发送', tone: 'tag tag-good' },
  failed: { word: '已放弃', tone: 'tag tag-danger' },
};

/** 发件箱: letters of notices, with why one failed. Their text holds nothing of a case. */
export function OutboxView() {
  const [status, setStatus] = useState('');
  const loading = useLoading(() => operations.outbox(status), [status]);
  const [busy, submit] = useSubmission();
  const { system, security } = permissions();
  const check = async () => {
    try {
      await submit((key) => operations.checkNotices(key));
      showDone('测试提醒已放入发件箱，几秒后刷新查看结果。');
    } catch (error) {
      showError(error);
    }
    loading.reload();
  };
  return (
    <>
      <div class="page-head">
        <h1>发件箱</h1>
        <div class="filters">
          <select
            class="input select"
            aria-label="按状态筛选"
            value={status}
            onChange={(event) => setStatus(event.currentTarget.value)}
          >
            <option value="">全部状态</option>
            {Object.entries(STATUS).map(([id, { word }]) => (
              <option key={id} value={id}>
                {word}
              </option>
            ))}
          </select>
          <button type="button" class="button" disabled={loading.busy} onClick={loading.reload}>
            刷新
          </button>
          {(system || security) && (
            <button type="button" class="button" disabled={busy} onClick={() => void check()}>
              {busy ? '正在发送……' : '发送测试'}
            </button>
          )}
        </div>
      </div>
      <p class="page-lead">电子邮件提醒先入此箱再发送，失败后逐次延长间隔重试，12 次后放弃。邮件不含事项内容。</p>
      <Loaded of={loading}>
        {({ items }) =>
          items.length ? (
            <div class="table-frame">
              <table class="table">
                <thead>
                  <tr>
                    <th>时间</th>
                    <th>收件人</th>
                    <th>地址</th>
                    <th>状态</th>
                    <th class="number">已试次数</th>
                    <th>下次或发出时间</th>
                    <th>最近错误</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((letter) => (
                    <tr key={`${letter.key}${letter.channel}`}>
                      <td data-label="时间" class="nowrap">
                        {formatMoment(letter.createdAt)}
                      </td>
                      <td data-label="收件人">{letter.userId}</td>
                      <td data-label="地址" class="cell-text">
                        {letter.address}
                      </td>
                      <td data-label="状态" class="nowrap">
                        <span class={STATUS[letter.status]?.tone ?? 'tag'}>
                          {STATUS[letter.status]?.word ?? letter.status}
                        </span>
                      </td>
                      <td data-label="已试次数" class="number">
                        {letter.attempts}
                      </td>
                      <td data-label="时间" class="nowrap">
                        {formatMoment(letter.sentAt ?? (letter.status === 'failed' ? null : letter.dueAt))}
                      </td>
                      <td data-label="最近错误" class="cell-text">
                        {letter.lastError ?? '—'}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <Empty>{status ? '没有这种状态的邮件。' : '没有邮件。发送邮件须在参数设置中启用，并给用户填写邮箱。'}</Empty>
          )
        }
      </Loaded>
    </>
  );
}

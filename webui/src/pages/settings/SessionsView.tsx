import { sessions } from '../../api/own';
import { Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { useLoading } from '../../state/loading';
import { showDone, showError } from '../../state/notices';
import { useSubmission } from '../../state/submission';

/** Where the person is signed in, and the end of all but this session. */
export function SessionsView() {
  const loading = useLoading(() => sessions.own(), []);
  const [busy, submit] = useSubmission();
  const endOthers = async () => {
    try {
      const answer = await submit(() => sessions.endOthers());
      if (!answer) return;
      showDone(answer.count ? `已退出其他 ${answer.count} 处登录。` : '没有其他登录。');
    } catch (error) {
      showError(error);
    }
    loading.reload();
  };
  return (
    <>
      <div class="page-head">
        <h1>登录管理</h1>
        <button
          type="button"
          class="button"
          disabled={busy || (loading.value?.items.length ?? 0) < 2}
          onClick={() => void endOthers()}
        >
          {busy ? '正在退出……' : '退出其他登录'}
        </button>
      </div>
      <p class="page-lead">您账号当前有效的登录，包括这一次。看到不是自己的登录，请退出其他登录并修改密码。</p>
      <Loaded of={loading}>
        {({ items }) => (
          <div class="table-frame">
            <table class="table">
              <thead>
                <tr>
                  <th>登录时间</th>
                  <th>最近使用</th>
                  <th>最迟到期</th>
                </tr>
              </thead>
              <tbody>
                {items.map((session) => (
                  <tr key={session.id}>
                    <td data-label="登录时间" class="nowrap">
                      {formatMoment(session.createdAt)}
                    </td>
                    <td data-label="最近使用" class="nowrap">
                      {formatMoment(session.seenAt)}
                    </td>
                    <td data-label="最迟到期" class="nowrap">
                      {formatMoment(session.expiresAt)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </>
  );
}

import { accounts } from '../../../api/accounts';
import type { OpenSession } from '../../../api/own';
import { Loaded } from '../../../components/Loaded';
import { formatMoment } from '../../../format/dates';
import { useLoading } from '../../../state/loading';
import { showDone, showError } from '../../../state/notices';
import { permissions } from '../../../state/permissions';
import { user } from '../../../state/session';
import { useSubmission } from '../../../state/submission';

function Row({ session, mayEnd, onEnded }: { session: OpenSession; mayEnd: boolean; onEnded: () => void }) {
  const [busy, submit] = useSubmission();
  const end = async () => {
    try {
      await submit(() => accounts.endSession(session.user.id, session.id));
      showDone(`已退出${session.user.name}的这次登录。`);
    } catch (error) {
      showError(error);
    }
    onEnded();
  };
  return (
    <tr>
      <td data-label="人员" class="cell-main">
        {session.user.name} {session.user.id === user.value?.id && <span class="tag">本人</span>}
        <span class="muted cell-sub">{session.user.id}</span>
      </td>
      <td data-label="登录时间" class="nowrap">
        {formatMoment(session.createdAt)}
      </td>
      <td data-label="最近使用" class="nowrap">
        {formatMoment(session.seenAt)}
      </td>
      <td data-label="最迟到期" class="nowrap">
        {formatMoment(session.expiresAt)}
      </td>
      {mayEnd && (
        <td data-label="操作">
          <button
            type="button"
            class="button button-small"
            disabled={busy}
            aria-label={`退出${session.user.name}的登录`}
            onClick={() => void end()}
          >
            退出
          </button>
        </td>
      )}
    </tr>
  );
}

/** 在线人员: sessions that are not over, each to be ended. */
export function SignedInView() {
  const loading = useLoading(() => accounts.sessions(), []);
  const { system, security } = permissions();
  const mayEnd = system || security;
  return (
    <>
      <div class="page-head">
        <h1>当前登录</h1>
        <button type="button" class="button" disabled={loading.busy} onClick={loading.reload}>
          刷新
        </button>
      </div>
      <Loaded of={loading}>
        {({ items }) => (
          <div class="table-frame">
            <table class="table">
              <thead>
                <tr>
                  <th>人员</th>
                  <th>登录时间</th>
                  <th>最近使用</th>
                  <th>最迟到期</th>
                  {mayEnd && <th>操作</th>}
                </tr>
              </thead>
              <tbody>
                {items.map((session) => (
                  <Row key={session.id} session={session} mayEnd={mayEnd} onEnded={loading.reload} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </>
  );
}

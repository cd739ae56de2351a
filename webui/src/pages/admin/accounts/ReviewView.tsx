import { useState } from 'preact/hooks';
import { accounts } from '../../../api/accounts';
import { Empty, Loaded } from '../../../components/Loaded';
import { formatDate } from '../../../format/dates';
import { useLoading } from '../../../state/loading';
import { linkTo } from '../../../state/route';
import { roleNames } from '../../../format/text';

/** 账号审阅: every account with what about it wants looking at (GB/T 22239-2019, 访问控制). */
export function ReviewView() {
  const loading = useLoading(() => accounts.review(), []);
  const [all, setAll] = useState(false);
  return (
    <>
      <div class="page-head">
        <h1>账号审阅</h1>
        <label class="choice">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
          <span>显示全部账号</span>
        </label>
      </div>
      <p class="page-lead">定期核对：久未登录、没有角色、已停用仍有角色、兼任互斥管理员、未改初始密码的账号。</p>
      <Loaded of={loading}>
        {({ items }) => {
          const marked = items.filter((item) => item.findings.length);
          const shown = all ? items : marked;
          return (
            <>
              <p class="muted" role="status">
                共 {items.length} 个账号，{marked.length} 个需要核对。
              </p>
              {shown.length ? (
                <div class="table-frame">
                  <table class="table">
                    <thead>
                      <tr>
                        <th>账号</th>
                        <th>需核对</th>
                        <th>角色</th>
                        <th>最近登录</th>
                        <th>密码更改</th>
                        <th class="number">令牌</th>
                      </tr>
                    </thead>
                    <tbody>
                      {shown.map((item) => (
                        <tr key={item.id} class={item.active ? undefined : 'row-muted'}>
                          <td data-label="账号" class="cell-main">
                            <a class="link" href={linkTo('admin', 'users', item.id)}>
                              {item.name}
                            </a>{' '}
                            {!item.active && <span class="tag">停用</span>}
                            <span class="muted cell-sub">{item.id}</span>
                          </td>
                          <td data-label="需核对">
                            {item.findings.length
                              ? item.findings.map((finding) => (
                                  <span key={finding} class="tag tag-warning finding">
                                    {finding}
                                  </span>
                                ))
                              : '—'}
                          </td>
                          <td data-label="角色" class="cell-text">
                            {roleNames(item.roles).join('、') || '—'}
                          </td>
                          <td data-label="最近登录" class="nowrap">
                            {item.lastSignIn ? formatDate(item.lastSignIn) : '从未'}
                          </td>
                          <td data-label="密码更改" class="nowrap">
                            {formatDate(item.passwordChangedAt)}
                          </td>
                          <td data-label="令牌" class="number">
                            {item.tokens}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              ) : (
                <Empty>没有需要核对的账号。</Empty>
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

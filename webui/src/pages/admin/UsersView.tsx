import { useState } from 'preact/hooks';
import { admin } from '../../api/endpoints';
import type { AdminUser } from '../../api/types';
import { Empty, Loaded } from '../../components/Loaded';
import { SearchField } from '../../components/SearchField';
import { useLoading } from '../../state/loading';

function matches(person: AdminUser, search: string): boolean {
  const text = [person.name, person.username, person.department?.name ?? '', ...person.roles].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function Row({ person }: { person: AdminUser }) {
  return (
    <tr>
      <td data-label="姓名" class="cell-main nowrap">
        {person.name}
        {person.active === false && <span class="tag">停用</span>}
      </td>
      <td data-label="用户名">{person.username}</td>
      <td data-label="科室">{person.department?.name ?? '—'}</td>
      <td data-label="角色">{person.roles.join('、') || '—'}</td>
      <td data-label="权限">
        {person.administrator && <span class="tag tag-accent">管理员</span>}
        {person.auditor && <span class="tag">审计员</span>}
        {!person.administrator && !person.auditor && '—'}
      </td>
    </tr>
  );
}

/** The people who can sign in, to look up. */
export function UsersView() {
  const [search, setSearch] = useState('');
  const loading = useLoading(() => admin.users(), []);
  return (
    <>
      <div class="page-head">
        <h1>用户</h1>
        <SearchField label="搜索用户" placeholder="搜索姓名、科室、角色" value={search} onSearch={setSearch} />
      </div>
      <Loaded of={loading}>
        {(answer) => {
          const found = answer.items.filter((person) => matches(person, search));
          if (!found.length) return <Empty>没有符合条件的用户。</Empty>;
          return (
            <div class="table-frame">
              <table class="table">
                <thead>
                  <tr>
                    <th>姓名</th>
                    <th>用户名</th>
                    <th>科室</th>
                    <th>角色</th>
                    <th>权限</th>
                  </tr>
                </thead>
                <tbody>
                  {found.map((person) => (
                    <Row key={person.id} person={person} />
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

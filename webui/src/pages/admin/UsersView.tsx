import { useState } from 'preact/hooks';
import { admin } from '../../api/endpoints';
import type { AdminUser } from '../../api/types';
import { Empty, Loaded } from '../../components/Loaded';
import { SearchField } from '../../components/SearchField';
import { formatMoment } from '../../format/dates';
import { useLoading } from '../../state/loading';

function matches(person: AdminUser, search: string): boolean {
  const text = [person.name, person.username, person.department?.name ?? '', ...person.roles].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

type DepartmentNames = Map<string, string>;

/** A role in another department than one's own says which. */
function rolesOf(person: AdminUser, departments: DepartmentNames): string {
  return person.roles
    .map((role) => {
      const [name = role, department] = role.split('@');
      if (!department || department === person.department?.id) return name;
      return `${name}（${departments.get(department) ?? department}）`;
    })
    .join('、');
}

function StateTag({ person }: { person: AdminUser }) {
  if (person.active === false) return <span class="tag">停用</span>;
  if (person.lockedUntil && Date.parse(person.lockedUntil) > Date.now()) {
    return <span class="tag tag-warning">锁定至 {formatMoment(person.lockedUntil)}</span>;
  }
  return <>在用</>;
}

function Row({ person, departments }: { person: AdminUser; departments: DepartmentNames }) {
  return (
    <tr>
      <td data-label="姓名" class="cell-main nowrap">
        {person.name}
      </td>
      <td data-label="用户名" class="nowrap">{person.username}</td>
      <td data-label="科室">{person.department?.name ?? '—'}</td>
      <td data-label="角色">{rolesOf(person, departments) || '—'}</td>
      <td data-label="状态" class="nowrap">
        <StateTag person={person} />
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
          const departments = new Map(
            answer.items.flatMap((person) => (person.department ? [[person.department.id, person.department.name]] : [])),
          );
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
                    <th>状态</th>
                  </tr>
                </thead>
                <tbody>
                  {found.map((person) => (
                    <Row key={person.id} person={person} departments={departments} />
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

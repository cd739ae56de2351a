import { useState } from 'preact/hooks';
import { organisation } from '../../api/organisation';
import { Empty, Loaded } from '../../components/Loaded';
import { SearchField } from '../../components/SearchField';
import { useLoading } from '../../state/loading';
import { hasWords, nameMap } from './names';

async function load() {
  const [roles, departments] = await Promise.all([organisation.roles(), organisation.departments()]);
  return { roles: roles.items, names: nameMap(departments.items) };
}

/** 角色: to whom user tasks go; a role that nobody holds is marked. */
export function RolesView() {
  const loading = useLoading(load, []);
  const [search, setSearch] = useState('');
  const [unheld, setUnheld] = useState(false);
  return (
    <>
      <div class="page-head">
        <h1>角色</h1>
        <div class="filters">
          <label class="choice">
            <input type="checkbox" checked={unheld} onChange={(event) => setUnheld(event.currentTarget.checked)} />
            <span>只看无人担任</span>
          </label>
          <SearchField label="搜索角色" placeholder="搜索角色、担任者" value={search} onSearch={setSearch} />
        </div>
      </div>
      <p class="page-lead">流程的待办按角色分配。无人担任的角色，其待办转给所在科室负责人，并记入异常。</p>
      <Loaded of={loading}>
        {({ roles, names }) => {
          const found = roles.filter(
            (role) =>
              (!unheld || !role.holders.length) &&
              hasWords(
                [role.name, role.label, names.get(role.department ?? '') ?? '', ...role.holders.map(({ name }) => name)].join(' '),
                search,
              ),
          );
          if (!found.length) return <Empty>没有符合条件的角色。</Empty>;
          return (
            <div class="table-frame">
              <table class="table">
                <thead>
                  <tr>
                    <th>角色</th>
                    <th>机构</th>
                    <th>担任者</th>
                  </tr>
                </thead>
                <tbody>
                  {found.map((role) => (
                    <tr key={role.name}>
                      <td data-label="角色" class="cell-main">
                        {role.label}
                        <span class="muted cell-sub cell-code">{role.name}</span>
                      </td>
                      <td data-label="机构">{names.get(role.department ?? '') ?? '全局'}</td>
                      <td data-label="担任者" class="cell-text">
                        {role.holders.map(({ name }) => name).join('、') || <span class="tag tag-warning">无人担任</span>}
                      </td>
                    </tr>
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

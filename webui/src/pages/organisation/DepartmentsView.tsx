import { useState } from 'preact/hooks';
import { organisation } from '../../api/organisation';
import { Empty, Loaded } from '../../components/Loaded';
import { SearchField } from '../../components/SearchField';
import { useLoading } from '../../state/loading';
import { linkTo } from '../../state/route';
import { byKind, hasWords, nameMap } from './names';

/** 机构设置: departments and the bodies that take part, by kind, with their plaques. */
export function DepartmentsView() {
  const loading = useLoading(() => organisation.departments(), []);
  const [search, setSearch] = useState('');
  return (
    <>
      <div class="page-head">
        <h1>机构设置</h1>
        <SearchField label="搜索机构" placeholder="搜索名称、牌子" value={search} onSearch={setSearch} />
      </div>
      <Loaded of={loading}>
        {({ items }) => {
          const names = nameMap(items);
          const groups = byKind(items.filter((each) => hasWords(`${each.id} ${each.name} ${each.plaques.join(' ')}`, search)));
          if (!groups.length) return <Empty>没有符合条件的机构。</Empty>;
          return (
            <>
              {groups.map((group) => (
                <section key={group.words} class="section">
                  <h2>
                    {group.words} <span class="counted">{group.items.length}</span>
                  </h2>
                  <ul class="department-list">
                    {group.items.map((department) => (
                      <li key={department.id}>
                        <b>{department.name}</b> <span class="muted cell-code">{department.id}</span>
                        {department.parent && names.get(department.parent) && (
                          <p class="muted">隶属 {names.get(department.parent)}</p>
                        )}
                        {department.plaques.length > 0 && <p class="muted">挂牌：{department.plaques.join('、')}</p>}
                        {department.line !== null && (
                          <p class="muted">
                            职责清单 L{department.line}
                            {department.kind === 'internal' && (
                              <>
                                {' · '}
                                <a class="link" href={linkTo('organisation', 'posts', department.id)}>
                                  岗位职责
                                </a>
                              </>
                            )}
                          </p>
                        )}
                      </li>
                    ))}
                  </ul>
                </section>
              ))}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

import { useState } from 'preact/hooks';
import { organisation } from '../../api/organisation';
import { Empty, Loaded } from '../../components/Loaded';
import { SearchField } from '../../components/SearchField';
import { useLoading } from '../../state/loading';
import { hasWords, nameMap } from './names';

async function load() {
  const [matrix, departments] = await Promise.all([organisation.responsibilities(), organisation.departments()]);
  return { items: matrix.items, names: nameMap(departments.items) };
}

/** 职责分工: each matter with who leads (牵头) and who assists (配合). */
export function ResponsibilitiesView() {
  const loading = useLoading(load, []);
  const [search, setSearch] = useState('');
  const [department, setDepartment] = useState('');
  const leads = [...new Set(loading.value?.items.flatMap((item) => [item.lead, ...item.assist]) ?? [])];
  const name = (id: string) => loading.value?.names.get(id) ?? id;
  return (
    <>
      <div class="page-head">
        <h1>职责分工</h1>
        <div class="filters">
          <select
            class="input select"
            aria-label="按科室筛选"
            value={department}
            onChange={(event) => setDepartment(event.currentTarget.value)}
          >
            <option value="">全部科室</option>
            {leads.map((id) => (
              <option key={id} value={id}>
                {name(id)}
              </option>
            ))}
          </select>
          <SearchField label="搜索事项" placeholder="搜索事项" value={search} onSearch={setSearch} />
        </div>
      </div>
      <p class="page-lead">收文、督查和 12345 工单分办时，据此建议牵头和配合科室。</p>
      <Loaded of={loading}>
        {({ items }) => {
          const found = items.filter(
            (item) =>
              (!department || item.lead === department || item.assist.includes(department)) && hasWords(item.matter, search),
          );
          if (!found.length) return <Empty>没有符合条件的事项。</Empty>;
          return (
            <>
              <p class="muted list-count" role="status">
                共 {found.length} 项
              </p>
              <div class="table-frame">
                <table class="table">
                  <thead>
                    <tr>
                      <th>事项</th>
                      <th>牵头</th>
                      <th>配合</th>
                      <th class="number">清单行号</th>
                    </tr>
                  </thead>
                  <tbody>
                    {found.map((item) => (
                      <tr key={item.id}>
                        <td data-label="事项" class="cell-text">
                          {item.matter}
                        </td>
                        <td data-label="牵头" class="nowrap">
                          {name(item.lead)}
                        </td>
                        <td data-label="配合">{item.assist.map(name).join('、') || '—'}</td>
                        <td data-label="清单行号" class="number">
                          {item.line === null ? '—' : `L${item.line}`}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          );
        }}
      </Loaded>
    </>
  );
}

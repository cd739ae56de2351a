import { useState } from 'preact/hooks';
import { procedures } from '../../api/endpoints';
import type { Procedure, ProcedureDepartment } from '../../api/types';
import { Empty, Loaded } from '../../components/Loaded';
import { SearchField } from '../../components/SearchField';
import { documentationParts } from '../../format/text';
import { useLoading } from '../../state/loading';
import { linkTo } from '../../state/route';
import { searchCatalogue } from './catalogueSearch';

function Source({ procedure }: { procedure: Procedure }) {
  const parts = documentationParts(procedure.documentation);
  if (!parts.length) return null;
  return (
    <details class="source">
      <summary>原文与依据</summary>
      <dl>
        {parts.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Entry({ procedure }: { procedure: Procedure }) {
  return (
    <li class="procedure">
      <div class="procedure-text">
        <p class="procedure-name">
          <b>{procedure.name}</b>
          {procedure.badges.map((badge) => (
            <span key={badge} class={badge.includes('停用') ? 'tag tag-warning' : 'tag'}>
              {badge}
            </span>
          ))}
        </p>
        <p class="muted procedure-facts">
          <span>{procedure.id}</span>
          {procedure.kind && <span>{procedure.kind}</span>}
          {procedure.family && <span>类别 {procedure.family}</span>}
          {procedure.version !== null && <span>第 {procedure.version} 版</span>}
        </p>
        <Source procedure={procedure} />
      </div>
      {procedure.startable && procedure.entitled !== false ? (
        <a class="button button-outline" href={linkTo('start', procedure.id)} aria-label={`发起${procedure.name}`}>
          发起
        </a>
      ) : (
        <span class="muted procedure-closed">不可发起</span>
      )}
    </li>
  );
}

function jumpTo(id: string): void {
  document.getElementById(`department-${id}`)?.scrollIntoView();
}

function Departments({ departments }: { departments: ProcedureDepartment[] }) {
  return (
    <nav class="departments" aria-label="科室">
      {departments.map((department) => (
        <button key={department.id} type="button" onClick={() => jumpTo(department.id)}>
          <span>{department.name}</span>
          <span class="count">{department.procedures.length}</span>
        </button>
      ))}
    </nav>
  );
}

/** The procedures by department, with search. */
export function Catalogue() {
  const [search, setSearch] = useState('');
  const loading = useLoading(() => procedures.list(), []);
  return (
    <div class="page">
      <div class="page-head">
        <h1>发起事项</h1>
        <SearchField label="搜索流程" placeholder="搜索流程名称、科室" value={search} onSearch={setSearch} />
      </div>
      <Loaded of={loading}>
        {(answer) => {
          const found = searchCatalogue(answer.departments, search);
          if (!found.length) return <Empty>没有符合条件的流程。</Empty>;
          return (
            <div class="catalogue">
              <Departments departments={found} />
              <div class="catalogue-list">
                {found.map((department) => (
                  <section key={department.id} class="sheet" id={`department-${department.id}`}>
                    <h2>{department.name}</h2>
                    <ul class="plain-list">
                      {department.procedures.map((procedure) => (
                        <Entry key={procedure.id} procedure={procedure} />
                      ))}
                    </ul>
                  </section>
                ))}
              </div>
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}

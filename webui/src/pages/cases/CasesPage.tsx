import { useState } from 'preact/hooks';
import { SearchField } from '../../components/SearchField';
import { STATE_WORDS } from '../../format/text';
import { ProcedureFilter } from '../inbox/ProcedureFilter';
import { CaseTable } from './CaseTable';

/** 事项查询: every case that this person may see. */
export function CasesPage() {
  const [search, setSearch] = useState('');
  const [procedure, setProcedure] = useState('');
  const [state, setState] = useState('');
  return (
    <div class="page page-wide">
      <div class="page-head">
        <h1>事项查询</h1>
        <div class="inbox-tools">
          <select
            class="input select"
            aria-label="按状态筛选"
            value={state}
            onChange={(event) => setState(event.currentTarget.value)}
          >
            <option value="">全部状态</option>
            {Object.entries(STATE_WORDS).map(([id, word]) => (
              <option key={id} value={id}>
                {word}
              </option>
            ))}
          </select>
          <ProcedureFilter value={procedure} onChange={setProcedure} />
          <SearchField label="搜索事项" placeholder="搜索标题、编号、申请人" value={search} onSearch={setSearch} />
        </div>
      </div>
      <CaseTable tab="all" search={search} procedure={procedure} state={state} />
    </div>
  );
}

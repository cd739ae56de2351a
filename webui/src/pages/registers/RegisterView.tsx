import { useState } from 'preact/hooks';
import { registers, type CaseRegister, type RegisterChoice, type RegisterColumn, type RegisterRow } from '../../api/registers';
import { PagedList } from '../../components/PagedList';
import { SearchField } from '../../components/SearchField';
import { showError } from '../../state/notices';
import { usePaged } from '../../state/paged';
import { linkTo } from '../../state/route';
import { useSubmission } from '../../state/submission';
import { cellWords, isNumeric, nextSort, sortedAs } from './cells';
import { ExportProgress } from './ExportProgress';
import { Filters } from './Filters';

const EVERYTHING: RegisterChoice = { sort: '', search: '', filters: {} };
const ARROWS = { ascending: '▲', descending: '▼', none: '' };
const WIDEST_REM = 24;

interface HeadProps {
  column: RegisterColumn;
  sort: string;
  onSort: (sort: string) => void;
}

function Head({ column, sort, onSort }: HeadProps) {
  const sorted = sortedAs(sort, column.id);
  return (
    <th scope="col" aria-sort={sorted} style={{ minWidth: `${Math.min(column.width * 0.6, WIDEST_REM)}rem` }}>
      <button type="button" class="register-sort" onClick={() => onSort(nextSort(sort, column.id))}>
        {column.label}
        <span aria-hidden="true">{ARROWS[sorted]}</span>
      </button>
    </th>
  );
}

function Row({ row, columns }: { row: RegisterRow; columns: readonly RegisterColumn[] }) {
  return (
    <tr>
      {columns.map((column) => (
        <td
          key={column.id}
          data-label={column.label}
          class={isNumeric(column) ? 'number nowrap' : column.type === 'text' ? 'cell-text' : 'nowrap'}
        >
          {cellWords(row.values[column.id], column.type)}
        </td>
      ))}
      <td class="nowrap register-open" data-label="事项">
        <a class="link" href={linkTo('cases', row.processInstanceKey)}>
          查看事项
        </a>
      </td>
    </tr>
  );
}

function Rows({ register, choice, onSort }: { register: CaseRegister; choice: RegisterChoice; onSort: (sort: string) => void }) {
  const paged = usePaged((cursor) => registers.rows(register.id, choice, cursor), [register.id, choice]);
  const { column, descending } = register.sort;
  const shownSort = choice.sort || (descending ? `-${column}` : column);
  return (
    <PagedList of={paged} empty="没有符合条件的记录。">
      {(items) => (
        // A table wider than its place scrolls, by the arrow keys too.
        <div class="table-frame" tabIndex={0} role="region" aria-label={register.title}>
          <table class="table register-table">
            <thead>
              <tr>
                {register.columns.map((each) => (
                  <Head key={each.id} column={each} sort={shownSort} onSort={onSort} />
                ))}
                <th scope="col" class="register-open">
                  事项
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((row) => (
                <Row key={`${row.processInstanceKey}/${row.item}`} row={row} columns={register.columns} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </PagedList>
  );
}

/** One register: search, a filter a column, order by pressing a head, export of what the list shows. */
export function RegisterView({ register }: { register: CaseRegister }) {
  const [choice, setChoice] = useState(EVERYTHING);
  const [filtering, setFiltering] = useState(false);
  const [exported, setExported] = useState<string | null>(null);
  const [busy, submit] = useSubmission();
  const change = (part: Partial<RegisterChoice>) => setChoice({ ...choice, ...part });
  const count = Object.keys(choice.filters).length;
  const order = async () => {
    try {
      const ordered = await submit((key) => registers.export(register.id, choice, key));
      if (ordered) setExported(ordered.key);
    } catch (error) {
      showError(error);
    }
  };
  return (
    <>
      <div class="page-head">
        <h1>{register.title}</h1>
        <div class="filters">
          <SearchField
            label="搜索台账"
            placeholder="在各列中搜索"
            value={choice.search}
            onSearch={(search) => change({ search })}
          />
          <button type="button" class="button" aria-expanded={filtering} onClick={() => setFiltering(!filtering)}>
            {count ? `筛选（${count}）` : '筛选'}
          </button>
          {(count > 0 || choice.search || choice.sort) && (
            <button type="button" class="button" onClick={() => setChoice(EVERYTHING)}>
              清除条件
            </button>
          )}
          <button type="button" class="button" disabled={busy} onClick={() => void order()}>
            {busy ? '正在提交……' : '导出 Excel'}
          </button>
        </div>
      </div>
      {register.note && <p class="page-lead">{register.note}</p>}
      {exported && <ExportProgress exportKey={exported} onClose={() => setExported(null)} />}
      {filtering && <Filters columns={register.columns} filters={choice.filters} onChange={(filters) => change({ filters })} />}
      <Rows register={register} choice={choice} onSort={(sort) => change({ sort })} />
    </>
  );
}

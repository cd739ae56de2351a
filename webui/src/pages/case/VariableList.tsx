import type { Labels } from '../../api/types';
import type { CaseState, VariableChange } from '../../diagram/fold';
import { showValue } from '../../format/text';

interface Row {
  id: string;
  name: string;
  value: string;
  change: VariableChange | undefined;
}

/** The variables of all scopes, those of the last step first. */
function rowsOf(state: CaseState, labels: Labels): Row[] {
  const rows: Row[] = [];
  for (const [scopeKey, scope] of state.variables) {
    for (const [name, value] of scope) {
      // The last write counts, the first one of the step knows what was there before.
      const changes = state.lastChanges.filter((entry) => entry.scopeKey === scopeKey && entry.name === name);
      rows.push({
        id: `${scopeKey}/${name}`,
        name: labels[name] ?? name,
        value: showValue(value, labels),
        change: changes[0],
      });
    }
  }
  return rows.sort((a, b) => Number(Boolean(b.change)) - Number(Boolean(a.change)));
}

function ChangeTag({ change }: { change: VariableChange | undefined }) {
  if (!change) return null;
  return change.old === undefined ? <span class="tag tag-accent">新增</span> : <span class="tag tag-warning">变更</span>;
}

/** The case's data after the step; what the step changed is said in words and shows the old value. */
export function VariableList({ state, labels }: { state: CaseState; labels: Labels }) {
  const rows = rowsOf(state, labels);
  return (
    <section class="sheet variables">
      <h2>此时数据</h2>
      {rows.length ? (
        <table class="table table-dense">
          <thead>
            <tr>
              <th>名称</th>
              <th>值</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} class={row.change ? 'row-changed' : undefined}>
                <td>
                  {row.name} <ChangeTag change={row.change} />
                </td>
                <td class="cell-text">
                  {row.change?.old !== undefined && (
                    <>
                      <del>{showValue(row.change.old, labels)}</del>{' '}
                    </>
                  )}
                  {row.value}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p class="muted">没有数据。</p>
      )}
    </section>
  );
}

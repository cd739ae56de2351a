import { useState } from 'preact/hooks';
import { substitutions, type Substitution } from '../../api/own';
import { ActForm } from '../../components/dialogs/ActForm';
import { Dialog } from '../../components/dialogs/Dialog';
import { useAct } from '../../components/dialogs/useAct';
import { Empty } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { showDone } from '../../state/notices';
import { inOrder, scopeOf, STATE_TONES, STATE_WORDS, stateOf } from './substitution';

interface TableProps {
  items: readonly Substitution[];
  names: ReadonlyMap<string, string>;
  /** Whether the person may end this one. */
  mayWithdraw: (item: Substitution) => boolean;
  onChanged: () => void;
  empty: string;
}

function WithdrawDialog({ item, onClose, onDone }: { item: Substitution; onClose: () => void; onDone: () => void }) {
  const act = useAct([]);
  const submit = async () => {
    if (await act.run(() => substitutions.withdraw(item.key))) onDone();
  };
  return (
    <Dialog title="撤销委托" about={`${item.principal.name} 委托 ${item.substitute.name}`} onClose={onClose}>
      <ActForm act={act} submit="确认撤销" danger onSubmit={() => void submit()} onClose={onClose}>
        <p>撤销后，{item.substitute.name} 立即不能再代办 {item.principal.name} 的待办。已经代办的不受影响。</p>
      </ActForm>
    </Dialog>
  );
}

function Row({ item, names, mayWithdraw, onWithdraw }: Omit<TableProps, 'items' | 'onChanged' | 'empty'> & {
  item: Substitution;
  onWithdraw: () => void;
}) {
  const state = stateOf(item, Date.now());
  const open = state === 'in-force' || state === 'to-come';
  return (
    <tr class={open ? undefined : 'row-muted'}>
      <td data-label="委托" class="cell-main">
        {item.principal.name} <span class="muted">委托</span> {item.substitute.name}
      </td>
      <td data-label="期间" class="nowrap">
        {formatMoment(item.startsAt)}
        <span class="cell-sub">至 {formatMoment(item.endsAt)}</span>
      </td>
      <td data-label="范围" class="cell-text">
        {scopeOf(item, names)}
      </td>
      <td data-label="事由" class="cell-text">
        {item.reason}
      </td>
      <td data-label="状态" class="nowrap">
        <span class={STATE_TONES[state]}>{STATE_WORDS[state]}</span>
        {item.withdrawnAt && <span class="cell-sub muted">{formatMoment(item.withdrawnAt)}</span>}
      </td>
      <td data-label="操作">
        {open && mayWithdraw(item) ? (
          <button
            type="button"
            class="button button-small"
            aria-label={`撤销${item.principal.name}委托${item.substitute.name}`}
            onClick={onWithdraw}
          >
            撤销
          </button>
        ) : (
          '—'
        )}
      </td>
    </tr>
  );
}

/** Substitutions as a table, each that still counts with its end one click away. */
export function SubstitutionTable({ items, names, mayWithdraw, onChanged, empty }: TableProps) {
  const [ending, setEnding] = useState<Substitution | null>(null);
  if (!items.length) return <Empty>{empty}</Empty>;
  return (
    <>
      <div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th>委托</th>
              <th>期间</th>
              <th>范围</th>
              <th>事由</th>
              <th>状态</th>
              <th>操作</th>
            </tr>
          </thead>
          <tbody>
            {inOrder(items, Date.now()).map((item) => (
              <Row
                key={item.key}
                item={item}
                names={names}
                mayWithdraw={mayWithdraw}
                onWithdraw={() => setEnding(item)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {ending && (
        <WithdrawDialog
          item={ending}
          onClose={() => setEnding(null)}
          onDone={() => {
            setEnding(null);
            showDone('委托已撤销。');
            onChanged();
          }}
        />
      )}
    </>
  );
}

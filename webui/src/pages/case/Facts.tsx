import type { CaseDetail } from '../../api/types';
import { formatMoment } from '../../format/dates';
import { nameOf, showChosen } from '../../format/text';

/** What a case is and where it stands. */
export function Facts({ item }: { item: CaseDetail }) {
  return (
    <section class="sheet">
      <h2>基本情况</h2>
      <dl class="facts">
        <div>
          <dt>流程</dt>
          <dd>
            {item.procedureName}（第 {item.version} 版）
          </dd>
        </div>
        <div>
          <dt>编号</dt>
          <dd>{item.caseNumber ?? '—'}</dd>
        </div>
        <div>
          <dt>发起人</dt>
          <dd>{nameOf(item.initiator)}</dd>
        </div>
        <div>
          <dt>发起时间</dt>
          <dd>{formatMoment(item.startedAt)}</dd>
        </div>
        <div>
          <dt>办结时间</dt>
          <dd>{formatMoment(item.endedAt)}</dd>
        </div>
        <div>
          <dt>当前步骤</dt>
          <dd>
            {item.currentElements
              .map((element) => `${element.name}（${element.assignees.join('、') || '待认领'}）`)
              .join('；') || '—'}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function DataList({ names, item }: { names: string[]; item: CaseDetail }) {
  const labels = item.labels ?? {};
  return (
    <dl class="facts">
      {names.map((name) => (
        <div key={name}>
          <dt>{labels[name] ?? name}</dt>
          <dd>{showChosen(item.variables[name], item.choices?.[name], labels)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The values that a case carries: those that forms ask for, and folded away those that the procedure reckons with. */
export function CaseData({ item }: { item: CaseDetail }) {
  // Who started it stands in the facts already.
  const names = Object.keys(item.variables).filter((name) => name !== 'initiator');
  const labelled = names.filter((name) => item.labels?.[name]);
  const others = names.filter((name) => !item.labels?.[name]);
  return (
    <section class="sheet">
      <h2>事项数据</h2>
      {labelled.length > 0 && <DataList names={labelled} item={item} />}
      {others.length > 0 && (
        <details class="reckoned">
          <summary>流程计算用的数据（{others.length} 项）</summary>
          <DataList names={others} item={item} />
        </details>
      )}
      {!names.length && <p class="muted">没有数据。</p>}
    </section>
  );
}

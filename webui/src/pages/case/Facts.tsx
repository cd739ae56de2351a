import type { CaseDetail } from '../../api/types';
import { formatMoment } from '../../format/dates';
import { nameOf, showValue } from '../../format/text';

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

/** The values that a case carries. */
export function CaseData({ item }: { item: CaseDetail }) {
  // Who started it stands in the facts already.
  const variables = Object.entries(item.variables).filter(([name]) => name !== 'initiator');
  const labels = item.labels ?? {};
  return (
    <section class="sheet">
      <h2>事项数据</h2>
      {variables.length ? (
        <dl class="facts">
          {variables.map(([name, value]) => (
            <div key={name}>
              <dt>{labels[name] ?? name}</dt>
              <dd>{showValue(value, labels)}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p class="muted">没有数据。</p>
      )}
    </section>
  );
}

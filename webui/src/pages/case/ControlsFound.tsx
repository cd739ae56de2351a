import { useState } from 'preact/hooks';
import { caseControls, type ControlHit } from '../../api/case-controls';
import type { UserTaskDetail } from '../../api/types';
import { Overrides } from '../../components/controls/Overrides';
import { Empty, Loaded } from '../../components/Loaded';
import type { ElementNames } from '../../diagram/names';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { useLoading } from '../../state/loading';
import { user } from '../../state/session';

const OUTCOMES: Record<ControlHit['outcome'], { word: string; look: string }> = {
  passed: { word: '通过', look: 'tag-good' },
  hit: { word: '命中', look: 'tag-danger' },
  acknowledged: { word: '已说明理由', look: 'tag-warning' },
  confirmed: { word: '已确认', look: 'tag-good' },
  overridden: { word: '应急例外', look: 'tag-warning' },
};

const STRENGTHS: Record<ControlHit['strength'], string> = {
  BLOCK: '不符合不得办理',
  WARN: '须说明理由',
  MON: '监测',
  ATTEST: '须确认',
};

interface Found {
  hits: ControlHit[];
  titles: Map<string, string>;
}

async function readFound(caseKey: string): Promise<Found> {
  const [{ items }, register] = await Promise.all([caseControls.found(caseKey), caseControls.register()]);
  return { hits: items, titles: new Map(register.items.map((control) => [control.id, control.title])) };
}

function Row({ hit, titles, names }: { hit: ControlHit; titles: Found['titles']; names: ElementNames }) {
  const outcome = OUTCOMES[hit.outcome];
  return (
    <tr class={hit.outcome === 'passed' ? 'row-muted' : undefined}>
      <td data-label="控制" class="cell-main">
        {titles.get(hit.controlId) ?? hit.controlId} <span class="muted">{hit.controlId}</span>
        <span class="muted cell-sub">{hit.words}</span>
      </td>
      <td data-label="力度" class="nowrap">
        {STRENGTHS[hit.strength]}
      </td>
      <td data-label="结果" class="nowrap">
        <span class={`tag ${outcome.look}`}>{outcome.word}</span>
      </td>
      <td data-label="理由" class="cell-text">
        {hit.reason ?? '—'}
      </td>
      <td data-label="步骤" class="nowrap">
        {hit.elementId === 'start' ? '发起' : (names.get(hit.elementId)?.name ?? hit.elementId)}
        <span class="muted cell-sub">
          {nameOf(hit.actor)} {formatMoment(hit.at)}
        </span>
      </td>
    </tr>
  );
}

interface ControlsFoundProps {
  caseKey: string;
  procedureId: string;
  tasks: UserTaskDetail[];
  names: ElementNames;
}

/** 风险防控 of a case: what controls found, newest first, and for the right person the exceptions to allow. */
export function ControlsFound({ caseKey, procedureId, tasks, names }: ControlsFoundProps) {
  const [all, setAll] = useState(false);
  const loading = useLoading(() => readFound(caseKey), [caseKey]);
  return (
    <>
      {tasks.filter((task) => task.assignee?.id !== user.value?.id).map((task) => (
        <Overrides
          key={task.key}
          caseKey={caseKey}
          taskKey={task.key}
          taskName={task.name}
          elementId={task.elementId}
          procedureId={procedureId}
        />
      ))}
      <Loaded of={loading}>
        {({ hits, titles }) => {
          const passed = hits.filter((hit) => hit.outcome === 'passed').length;
          const shown = [...hits].reverse().filter((hit) => all || hit.outcome !== 'passed');
          return (
            <>
              <p class="controls-summary">
                共检查 {hits.length} 次，通过 {passed} 次
                {passed > 0 && (
                  <button type="button" class="link" aria-pressed={all} onClick={() => setAll(!all)}>
                    {all ? '只看未通过的' : '查看全部'}
                  </button>
                )}
              </p>
              {shown.length ? (
                <div class="table-frame">
                  <table class="table">
                    <thead>
                      <tr>
                        <th>控制</th>
                        <th>力度</th>
                        <th>结果</th>
                        <th>理由</th>
                        <th>步骤</th>
                      </tr>
                    </thead>
                    <tbody>
                      {shown.map((hit, position) => (
                        <Row key={`${hit.controlId}/${hit.at}/${position}`} hit={hit} titles={titles} names={names} />
                      ))}
                    </tbody>
                  </table>
                </div>
              ) : (
                <Empty>{hits.length ? '检查全部通过。' : '此事项还没有经过风险防控检查。'}</Empty>
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

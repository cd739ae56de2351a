import { describe, expect, it } from 'vitest';
import type { ReplayEvent, ReplayStep } from '../src/api/types';
import { describeStep } from '../src/pages/case/eventWords';
import { stepTitles } from '../src/pages/case/stepTitles';

const names = new Map([['s01', { id: 's01', name: '审核发票', kind: '办理' }]]);

function step(command: string, type: string, ...events: ReplayEvent[]): ReplayStep {
  return { index: 0, at: '2026-11-23T01:00:00Z', actor: null, onBehalfOf: null, command, type, events };
}

const started = step(
  '发起',
  'process_instance_started',
  { type: 'process_instance_started' },
  { type: 'element_activated', key: '1', elementInstanceKey: '1', elementId: 'process' },
  { type: 'element_activated', key: '2', elementInstanceKey: '2', elementId: 's01' },
);
const completed = step(
  '办理',
  'user_task_completed',
  { type: 'user_task_completed', key: '2', opinion: '同意。', outcome: '同意' },
  { type: 'variable_changed', scopeKey: '1', name: 'jine', value: 5 },
  { type: 'element_completed', elementInstanceKey: '2', elementId: 's01', taken: ['f'] },
);

describe('the words of a replay', () => {
  it('call a step by its command and the element it was about', () => {
    expect(stepTitles([started, completed], names)).toEqual(['发起', '办理 · 审核发票']);
  });

  it('call a timer that fired by the event that it is', () => {
    const events = new Map([...names, ['late', { id: 'late', name: '催办日到', kind: '事件' }]]);
    const fired = step(
      '到期触发',
      'timer_fired',
      { type: 'timer_fired', key: '77' },
      { type: 'element_activated', key: '9', elementInstanceKey: '9', elementId: 'late' },
    );
    expect(stepTitles([fired], events)).toEqual(['到期触发 · 催办日到']);
  });

  it('tell a number that was given', () => {
    const given = step('发起', 'z', { type: 'number_allocated', text: '收〔2026〕0001' });
    expect(describeStep(given, names, {})).toEqual(['取得编号 收〔2026〕0001']);
  });

  it('tell what was decided, written and changed, and not the process as a whole', () => {
    expect(describeStep(completed, names, { jine: '金额' })).toEqual([
      '结论：同意；意见：同意。',
      '数据 金额＝5',
      '完成 审核发票（办理）',
    ]);
    expect(describeStep(started, names, {})).toEqual(['进入 审核发票（办理）']);
  });

  it('say which rows of a table decided', () => {
    const evaluation = { decisions: [{ name: '审批档次', value: '逐级审批', rules: [{ index: 2 }] }] };
    const asked = step('办理', 'x', { type: 'decision_evaluated', decisionId: 'dae_tier', evaluation });
    asked.type = 'user_task_completed';
    expect(describeStep(asked, names, {})).toEqual(['规则“审批档次”命中第 2 行：逐级审批']);
  });

  it('show an event of a kind unknown to the page by its own name', () => {
    expect(describeStep(step('办理', 'y', { type: 'something_new' }), names, {})).toEqual(['something_new']);
  });
});

import { describe, expect, it } from 'vitest';
import type { ClockRecord } from '../src/api/case-clocks';
import type { ReplayEvent, ReplayStep, SessionUser } from '../src/api/types';
import { mayActOnClocks, mayDraw, viewsFor } from '../src/pages/case/caseViews';
import { bodyOf, missingIn } from '../src/pages/case/clockFields';
import { dueOf, operationsFor, recordDay, recordGrounds, suppositionOf } from '../src/pages/case/clockWords';
import { mendingKeys, openTaskKeys, recordedKeys, runningElements } from '../src/pages/case/openTasks';
import { emptyStep, missingSteps, nextKinds, suppositionsOf, type Step } from '../src/pages/case/whatIf';

const person = (given: Partial<SessionUser>): SessionUser => ({
  id: 'me',
  username: 'me',
  name: '我',
  department: { id: 'kjk', name: '科技科' },
  roles: [],
  administrator: false,
  auditor: false,
  ...given,
});

describe('who may what with a case', () => {
  it('shows who read it to auditors only, and no content to administrators', () => {
    const ids = (user: SessionUser, draws = false) => viewsFor(user, draws).map((view) => view.id);
    expect(ids(person({}))).toEqual(['facts', 'record', 'files', 'issued', 'copies', 'controls', 'replay']);
    expect(ids(person({}), true)).toContain('draws');
    expect(ids(person({ auditor: true }))).toContain('reads');
    expect(ids(person({ administrator: true }))).toEqual(['facts', 'record', 'replay']);
  });

  it('lets who has work in it and the heads of its department act on its clocks', () => {
    const active = { state: 'ACTIVE' } as const;
    expect(mayActOnClocks(active, [], 'bgs', person({}))).toBe(false);
    expect(mayActOnClocks(active, [{ assignee: { id: 'me', name: '我' }, claimable: false }], 'bgs', person({}))).toBe(true);
    expect(mayActOnClocks(active, [{ assignee: null, claimable: true }], 'bgs', person({}))).toBe(true);
    expect(mayActOnClocks(active, [], 'bgs', person({ roles: ['科室负责人@bgs'] }))).toBe(true);
    expect(mayActOnClocks(active, [], 'bgs', person({ roles: ['科室负责人@kjk'] }))).toBe(false);
    expect(mayActOnClocks({ state: 'COMPLETED' }, [], 'bgs', person({ roles: ['科室负责人@bgs'] }))).toBe(false);
  });

  it('lets 政工科 draw', () => {
    expect(mayDraw(person({ roles: ['经办人@zgk'] }))).toBe(true);
    expect(mayDraw(person({ roles: ['经办人@kjk'] }))).toBe(false);
  });
});

describe('where a case stands', () => {
  const event = (type: string, more: Partial<ReplayEvent>): ReplayEvent => ({ type, ...more });
  const steps: ReplayStep[] = [
    {
      index: 0,
      at: '',
      actor: null,
      onBehalfOf: null,
      command: '发起',
      type: 'process_instance_started',
      events: [
        event('element_activated', { elementInstanceKey: '5', elementId: 'a', elementType: 'USER_TASK', processInstanceKey: '1' }),
        event('user_task_created', { key: '5', elementId: 'a' }),
        event('element_activated', { elementInstanceKey: '6', elementId: 'b', elementType: 'USER_TASK', processInstanceKey: '1' }),
        event('user_task_created', { key: '6', elementId: 'b' }),
        event('element_activated', { elementInstanceKey: '9', elementId: 'wait', elementType: 'RECEIVE_TASK', processInstanceKey: '1' }),
      ],
    },
    {
      index: 1,
      at: '',
      actor: null,
      onBehalfOf: null,
      command: '代录',
      type: 'user_task_recorded',
      events: [
        event('user_task_recorded', { key: '5' }),
        event('element_completed', { elementInstanceKey: '5', elementId: 'a', processInstanceKey: '1' }),
      ],
    },
  ];

  it('has the tasks that were created and are still there', () => {
    expect(openTaskKeys(steps)).toEqual(['6']);
    expect(openTaskKeys(steps.slice(0, 1))).toEqual(['5', '6']);
  });

  it('has the elements that run, by their names', () => {
    const names = new Map([['wait', { id: 'wait', name: '等候回复', kind: '接收' }]]);
    expect(runningElements(steps, names).map((element) => element.name)).toEqual(['等候回复']);
  });

  it('knows which task waits while the start form is mended', () => {
    const [first] = steps;
    const returned = { ...first!, events: [event('user_task_returned_to_initiator', { key: '6' })] };
    const mended = { ...first!, events: [event('start_form_mended', { key: '77', boundTo: '6' })] };
    expect(mendingKeys([returned])).toEqual(new Set(['6']));
    expect(mendingKeys([returned, mended])).toEqual(new Set());
  });

  it('knows what was entered for somebody', () => {
    expect(recordedKeys(steps)).toEqual(['5']);
  });
});

describe('operations on a clock', () => {
  const clock = {
    state: 'running',
    term: { amount: 20, unit: 'working_day', direction: 'forward' },
    maxExtensions: 1,
    extensions: [],
  } as unknown as Parameters<typeof operationsFor>[0];

  it('are those that the rules do not refuse anyway', () => {
    expect(operationsFor(clock)).toEqual(['suspension', 'extension', 'restart', 'stop', 'start-correction']);
    expect(operationsFor({ ...clock, state: 'suspended' })).toContain('resumption');
    expect(operationsFor({ ...clock, state: 'suspended' })).not.toContain('suspension');
    expect(operationsFor({ ...clock, maxExtensions: 0 })).not.toContain('extension');
    expect(operationsFor({ ...clock, term: { ...clock.term, direction: 'backward' } })).not.toContain('suspension');
    expect(operationsFor({ ...clock, state: 'stopped' })).toEqual([]);
  });

  it('say what is missing by field', () => {
    expect(Object.keys(missingIn('suspension', { day: '2026-11-23' }))).toEqual(['ground', 'paper']);
    expect(missingIn('extension', { day: '2026-11-23', amount: '1.5', approver: '张', paper: '告知书' })).toHaveProperty('amount');
    expect(missingIn('stop', { day: '2026-11-23', reason: '办结' })).toEqual({});
  });

  it('travel as the server names them', () => {
    expect(bodyOf('suspension', { day: '2026-11-23', ground: ' 征求意见 ', paper: '1号' }, 'day')).toEqual({
      firstDay: '2026-11-23',
      ground: '征求意见',
      paper: '1号',
    });
    expect(bodyOf('extension', { day: '2026-11-23', amount: '5', approver: '张', paper: '2号' }, 'working_day')).toMatchObject({
      decidedOn: '2026-11-23',
      amount: 5,
      unit: 'working_day',
    });
  });

  it('can be supposed before they are carried out, where they can', () => {
    expect(suppositionOf('resumption', { day: '2026-11-23' }, 'day')).toEqual({ operation: 'resume', last_day: '2026-11-23' });
    expect(suppositionOf('extension', { day: '2026-11-23', amount: '' }, 'day')).toBeNull();
    expect(suppositionOf('start-correction', { day: '2026-11-23' }, 'day')).toBeNull();
  });

  it('are told with their day, their grounds and the due dates', () => {
    const record = { operation: 'suspend', first_day: '2026-11-23', ground: '征求意见', paper: '1号', old_due_at: '2026-12-21T16:00:00Z', new_due_at: null, old_due: '2026-12-21', new_due: null, provisional: false } as ClockRecord;
    expect(recordDay(record)).toBe('2026-11-23');
    expect(recordGrounds(record)).toBe('征求意见；文书：1号');
    expect(dueOf(record, 'old')).toBe('2026-12-21');
    expect(dueOf(record, 'new')).toBe('未定');
  });
});

describe('what if', () => {
  const step = (given: Partial<Step>): Step => ({ ...emptyStep('suspension'), ...given });

  it('suspends from then to then', () => {
    expect(suppositionsOf([step({ from: '2026-11-26', to: '2026-12-04' })], 'day')).toEqual([
      { operation: 'suspend', first_day: '2026-11-26' },
      { operation: 'resume', last_day: '2026-12-04' },
    ]);
    expect(suppositionsOf([step({ from: '2026-11-26' })], 'day')).toHaveLength(1);
  });

  it('says what each step lacks', () => {
    expect(missingSteps([step({})])[0]).toHaveProperty('from');
    expect(missingSteps([step({ from: '2026-11-26', to: '2026-11-25' })])[0]).toHaveProperty('to');
    expect(missingSteps([step({ from: '2026-11-26' }), step({ kind: 'extension', from: '2026-11-27', amount: '5' })])[0]).toHaveProperty('to');
    expect(missingSteps([step({ kind: 'extension', from: '2026-11-27', amount: '0' })])[0]).toHaveProperty('amount');
  });

  it('resumes first what stands still', () => {
    expect(nextKinds([], true)).toEqual(['resumption']);
    expect(nextKinds([step({ from: '2026-11-26' })], false)).toEqual(['resumption']);
    expect(nextKinds([step({ from: '2026-11-26', to: '2026-12-04' })], false)).toContain('extension');
  });
});

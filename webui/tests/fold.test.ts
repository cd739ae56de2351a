import { describe, expect, it } from 'vitest';
import type { Replay, ReplayEvent, ReplayStep } from '../src/api/types';
import { foldTo, instancesOf, marksOf } from '../src/diagram/fold';

const CASE = '100';

function step(...events: ReplayEvent[]): ReplayStep {
  return { index: 0, at: '2026-11-23T01:00:00Z', actor: null, onBehalfOf: null, command: '', type: '', events };
}

const enter = (elementId: string, key: string, more: Partial<ReplayEvent> = {}): ReplayEvent => ({
  type: 'ElementActivated',
  elementId,
  elementInstanceKey: key,
  processInstanceKey: CASE,
  ...more,
});

const leave = (elementId: string, key: string, ...taken: string[]): ReplayEvent => ({
  type: 'ElementCompleted',
  elementId,
  elementInstanceKey: key,
  processInstanceKey: CASE,
  taken,
});

const write = (name: string, value: ReplayEvent['value'], scopeKey = CASE): ReplayEvent => ({
  type: 'VariableChanged',
  scopeKey,
  name,
  ...(value !== undefined && { value }),
});

const everything = () => true;

describe('folding the steps of a replay', () => {
  it('shows nothing before the first step', () => {
    const state = foldTo([step(enter('start', '1'))], -1);
    expect(state.active.size).toBe(0);
    expect(state.trails.size).toBe(0);
  });

  it('keeps what was entered and not left as the current position', () => {
    const steps = [step(enter('start', '1'), leave('start', '1', 'f1'), enter('task', '2'))];
    const marks = marksOf(foldTo(steps, 0), everything);
    expect(marks.active).toEqual(['task']);
    expect(marks.done).toEqual(['start']);
    expect(marks.taken).toEqual(['f1']);
  });

  it('says the same for a step whether it is reached forwards or backwards', () => {
    const steps = [step(enter('a', '1')), step(leave('a', '1', 'f1'), enter('b', '2')), step(leave('b', '2', 'f2'))];
    foldTo(steps, 2);
    expect(marksOf(foldTo(steps, 1), everything).active).toEqual(['b']);
  });

  it('counts the rounds of a loop and shows an element visited again as current only', () => {
    const steps = [
      step(enter('a', '1')),
      step(leave('a', '1', 'f1'), enter('b', '2')),
      step(leave('b', '2', 'back'), enter('a', '3')),
    ];
    const marks = marksOf(foldTo(steps, 2), everything);
    expect(marks.repeats).toEqual(new Map([['a', 2]]));
    expect(marks.active).toEqual(['a']);
    expect(marks.done).toEqual(['b']);
  });

  it('does not count the body of a multi-instance as one more visit', () => {
    const steps = [
      step(enter('m', '1', { elementType: 'MULTI_INSTANCE_BODY' }), enter('m', '2'), enter('m', '3')),
    ];
    expect(marksOf(foldTo(steps, 0), everything).repeats.get('m')).toBe(2);
  });

  it('marks what was cancelled, and no longer once it is entered again', () => {
    const cancelled = [
      step(enter('t', '1')),
      step({ type: 'ElementTerminated', elementInstanceKey: '1' }),
      step(enter('t', '2')),
    ];
    expect(marksOf(foldTo(cancelled, 1), everything).terminated).toEqual(['t']);
    const again = marksOf(foldTo(cancelled, 2), everything);
    expect(again.terminated).toEqual([]);
    expect(again.active).toEqual(['t']);
  });

  it('completes an element that the event names by its instance only', () => {
    const steps = [step(enter('t', '1')), step({ type: 'ElementCompleted', elementInstanceKey: '1', taken: ['f'] })];
    const marks = marksOf(foldTo(steps, 1), everything);
    expect(marks.active).toEqual([]);
    expect(marks.taken).toEqual(['f']);
  });

  it('reads the type of an event in any of the usual spellings', () => {
    for (const type of ['ElementActivated', 'element-activated', 'ELEMENT_ACTIVATED']) {
      expect(foldTo([step({ ...enter('t', '1'), type })], 0).active.size).toBe(1);
    }
  });

  it('shows only the flows of the last step as moving', () => {
    const steps = [step(enter('a', '1'), leave('a', '1', 'f1')), step(enter('b', '2'), leave('b', '2', 'f2', 'f3'))];
    expect(marksOf(foldTo(steps, 1), everything).lastFlows).toEqual(['f2', 'f3']);
  });

  it('tells a new variable from a changed one, in its own scope', () => {
    const steps = [step(write('jine', 100)), step(write('jine', 200), write('jine', 1, '200'))];
    const state = foldTo(steps, 1);
    expect(state.lastChanges).toEqual([
      { scopeKey: CASE, name: 'jine', old: 100, new: 200 },
      { scopeKey: '200', name: 'jine', old: undefined, new: 1 },
    ]);
    expect(state.variables.get(CASE)?.get('jine')).toBe(200);
  });

  it('tells a variable set to null from one that never was', () => {
    const state = foldTo([step(write('x', null)), step(write('x', 1))], 1);
    expect(state.lastChanges[0]?.old).toBeNull();
  });

  it('shows an incident until it is resolved', () => {
    const raised: ReplayEvent = {
      type: 'IncidentRaised',
      key: '9',
      elementId: 't',
      elementInstanceKey: '1',
      processInstanceKey: CASE,
    };
    const steps = [step(enter('t', '1'), raised), step({ type: 'IncidentResolved', key: '9' })];
    expect(marksOf(foldTo(steps, 0), everything).incidents).toEqual(['t']);
    expect(marksOf(foldTo(steps, 1), everything).incidents).toEqual([]);
  });

  it('passes over events that change nothing on screen', () => {
    expect(foldTo([step({ type: 'TimerScheduled', elementId: 't' })], 0).active.size).toBe(0);
  });

  it('gives a called procedure its own marks, although the ids are the same', () => {
    const replay: Replay = {
      definition: { key: '1', xml: '' },
      called: [{ key: '2', xml: '', processInstanceKey: '555', calledFrom: 'call' }],
      steps: [step(enter('call', '1'), enter('task', '2', { processInstanceKey: '555' }))],
    };
    const state = foldTo(replay.steps, 0);
    expect(marksOf(state, instancesOf(replay, null)).active).toEqual(['call']);
    expect(marksOf(state, instancesOf(replay, '555')).active).toEqual(['task']);
  });
});

import { describe, expect, it } from 'vitest';
import type { TaskControl } from '../src/api/case-controls';
import {
  holdersOf,
  matchesPattern,
  mayOverride,
  mayWatch,
  questionsOf,
  requestedIn,
  requestNote,
  unanswered,
} from '../src/components/controls/questions';

const control = (given: Partial<TaskControl>): TaskControl => ({
  id: 'B01',
  title: '未经审批不得用印',
  strength: 'BLOCK',
  words: '',
  missing: null,
  hit: true,
  needs: null,
  overridable: false,
  overridden: false,
  ...given,
});

describe('what controls ask', () => {
  it('is nothing when none is hit, or only monitors are', () => {
    expect(questionsOf([])).toBeNull();
    expect(questionsOf([control({ hit: false }), control({ strength: 'MON' })])).toBeNull();
  });

  it('is nothing of a block that was let pass', () => {
    expect(questionsOf([control({ overridden: true })])).toBeNull();
  });

  it('is sorted into what refuses, what wants a reason, what is to be confirmed', () => {
    const asked = questionsOf([
      control({}),
      control({ id: 'W', strength: 'WARN', needs: 'reason' }),
      control({ id: 'A', strength: 'ATTEST', needs: 'confirmation' }),
    ]);
    expect(asked?.blocked.map((each) => each.id)).toEqual(['B01']);
    expect(asked?.warned.map((each) => each.id)).toEqual(['W']);
    expect(asked?.attested.map((each) => each.id)).toEqual(['A']);
  });

  it('stays unanswered by an empty reason or a missing confirmation', () => {
    const questions = { blocked: [], warned: [control({ id: 'W' })], attested: [control({ id: 'A' })] };
    expect(Object.keys(unanswered(questions, { W: '  ' }))).toEqual(['W', 'A']);
    expect(unanswered(questions, { W: '急件', A: true })).toEqual({});
  });
});

describe('exceptions', () => {
  it('are for the roles of the register, in the department of the case', () => {
    const registered = { overridableBy: ['分管负责人@{department}', '主要负责人'] };
    expect(mayOverride(registered, 'bgs', ['分管负责人@bgs'])).toBe(true);
    expect(mayOverride(registered, 'bgs', ['分管负责人@kjk'])).toBe(false);
    expect(mayOverride(registered, null, ['主要负责人'])).toBe(true);
    expect(mayOverride({ overridableBy: [] }, 'bgs', ['主要负责人'])).toBe(false);
  });

  it('are offered only where the control may watch', () => {
    expect(matchesPattern('bgs-*', 'bgs-dae')).toBe(true);
    expect(matchesPattern('bgs.dae', 'bgs-dae')).toBe(false);
    const registered = { procedures: ['bgs-dae'], elements: ['s12_*'] };
    expect(mayWatch(registered, 'bgs-dae', 's12_zhifu')).toBe(true);
    expect(mayWatch(registered, 'bgs-dae', 's01_yusuan')).toBe(false);
    expect(mayWatch({ procedures: ['*'] }, 'bgs-dae', 's01_yusuan')).toBe(true);
  });

  it('are found again in the note that asks for them', () => {
    expect(requestedIn([requestNote({ id: 'B01', title: '用印（含电子印章）' }), '请阅', null])).toEqual(['B01']);
  });

  it('name each holder of the roles once', () => {
    const li = { id: 'juzhang', name: '李建平' };
    const roles = [
      { name: '主要负责人', label: '', department: null, holders: [li] },
      { name: '党组会成员', label: '', department: null, holders: [li, { id: 'fenguan1', name: '张国峰' }] },
    ];
    expect(holdersOf(['主要负责人', '党组会成员'], roles).map((person) => person.id)).toEqual(['juzhang', 'fenguan1']);
    expect(holdersOf(['出纳'], roles)).toEqual([]);
  });
});

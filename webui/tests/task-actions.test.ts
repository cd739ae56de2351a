import { describe, expect, it } from 'vitest';
import type { ReturnPreview, ReturnTargets } from '../src/api/task-actions';
import type { FormSchema, UserTaskDetail } from '../src/api/types';
import { batchOf, commonVariables, editableOnly, obstacleTo } from '../src/pages/batch/batching';
import { effectOf, INITIATOR, targetChoices } from '../src/pages/task/dialogs/returning';
import { allowedIn, dispatchFields, filledWords, matterOf } from '../src/pages/task/dispatching';
import { completeLabel, delegatedVariables, dialogsFor, isSigning, owesScan } from '../src/pages/task/taskActionList';

const task = (given: Partial<UserTaskDetail>): UserTaskDetail =>
  ({
    key: '1',
    name: '审核',
    elementId: 's03',
    procedureId: 'bgs-dae',
    procedureName: '大额资金审批',
    caseTitle: '大额资金审批：机房改造',
    state: 'CREATED',
    actions: ['complete', 'batch'],
    binding: null,
    held: false,
    secondFactor: false,
    handovers: [],
    signers: [],
    recorded: null,
    form: null,
    variables: {},
    ...given,
  }) as UserTaskDetail;

describe('the bar of a task', () => {
  it('offers exactly what is allowed, the usual first', () => {
    expect(dialogsFor(['complete', 'urge', 'sign-after', 'return']).map((entry) => entry.id)).toEqual(['return', 'sign', 'urge']);
    expect(dialogsFor(['complete', 'save-draft', 'claim'])).toEqual([]);
  });

  it('offers 传阅 wherever 抄送 is allowed', () => {
    expect(dialogsFor(['copy']).map((entry) => entry.label)).toEqual(['抄送', '传阅']);
  });

  it('tells a signer’s task from one of mending the start form', () => {
    expect(isSigning({ binding: 'BEFORE' })).toBe(true);
    expect(isSigning({ binding: 'REWORK' })).toBe(false);
    expect(isSigning({ binding: null })).toBe(false);
  });

  it('says what 提交 means for a delegate and for the initiator', () => {
    const handover = { kind: 'DELEGATE', state: 'OPEN', toUser: { id: 'me', name: '我' }, fromUser: null } as UserTaskDetail['handovers'][number];
    expect(completeLabel(task({ handovers: [handover] }), 'me')).toBe('办毕交回');
    expect(completeLabel(task({ handovers: [handover] }), 'other')).toBe('提交');
    expect(completeLabel(task({ binding: 'REWORK' }), 'me')).toBe('重新提交');
  });

  it('gives the delegator what the delegate filled in last', () => {
    const done = (text: string) =>
      ({ kind: 'DELEGATE', state: 'DONE', variables: { text }, fromUser: { id: 'me', name: '我' } }) as unknown as UserTaskDetail['handovers'][number];
    expect(delegatedVariables({ handovers: [done('一'), done('二')] }, 'me')?.variables).toEqual({ text: '二' });
    expect(delegatedVariables({ handovers: [done('一')] }, 'other')).toBeNull();
  });

  it('asks for the scan of who entered a paper signature, until it is there', () => {
    const recorded = { evidenceKind: 'PAPER', documentId: null, recordedBy: { id: 'me', name: '我' } } as UserTaskDetail['recorded'];
    expect(owesScan({ recorded }, 'me')).toBe(true);
    expect(owesScan({ recorded }, 'other')).toBe(false);
    expect(owesScan({ recorded: { ...recorded!, documentId: 'd' } }, 'me')).toBe(false);
    expect(owesScan({ recorded: null }, 'me')).toBe(false);
  });
});

describe('a return', () => {
  const targets: ReturnTargets = {
    mode: 'any',
    directAllowed: true,
    initiator: true,
    items: [
      { key: '7', elementId: 'a', name: '拟稿', whole: false, previous: false, completedBy: { id: 'x', name: '周静玲' }, completedAt: '2026-11-23T01:00:00Z' },
      { key: '8', elementId: 'b', name: '会签', whole: true, previous: true, completedBy: null, completedAt: null },
    ],
  };
  const preview: ReturnPreview = {
    targetKey: '7',
    elementId: 'a',
    mend: false,
    tasks: [
      { key: '1', name: '审核', elementId: 'c', assignee: null, candidateGroups: [] },
      { key: '2', name: '财务审核', elementId: 'd', assignee: null, candidateGroups: ['财务人员'] },
    ],
    elements: [{ elementId: 'e', name: '等候回复', type: 'RECEIVE_TASK' }],
    directPossible: false,
  };

  it('offers the previous step first and the initiator last', () => {
    const choices = targetChoices(targets, '谢明华');
    expect(choices.map((choice) => choice.value)).toEqual(['8', '7', INITIATOR]);
    expect(choices[0]?.note).toBe('整个环节重新开始');
    expect(choices[1]?.note).toBe('周静玲 · 2026-11-23 09:00 办理');
  });

  it('offers no initiator where the element does not', () => {
    expect(targetChoices({ ...targets, initiator: false }, '谢明华').map((choice) => choice.value)).toEqual(['8', '7']);
  });

  it('names what others lose, without the returned task itself', () => {
    expect(effectOf(preview, task({}), false).cancelled).toEqual(['财务审核（财务人员）', '等候回复']);
  });

  it('says where the case goes after the rework', () => {
    expect(effectOf(preview, task({}), false).course).toContain('再按流程逐步送达');
    expect(effectOf(preview, task({}), true).course).toContain('直接送回“审核”');
    expect(effectOf({ ...preview, mend: true }, task({}), false).course).toContain('发起人修改申请内容');
  });
});

describe('批量', () => {
  it('says why a task can’t be done together with others', () => {
    expect(obstacleTo(task({}))).toBe('');
    expect(obstacleTo(task({ actions: ['complete'] }))).toContain('不允许批量办理');
    expect(obstacleTo(task({ actions: ['urge'] }))).toContain('不由您办理');
    expect(obstacleTo(task({ secondFactor: true }))).toContain('二次验证');
    expect(obstacleTo(task({ state: 'COMPLETED' }))).toContain('办结');
  });

  it('puts tasks of one form at one step together, others apart', () => {
    const form = (id: string) => ({ id, version: 1, schema: { type: 'default', components: [] } });
    const batch = batchOf([
      task({ key: '1', form: form('a') }),
      task({ key: '2', form: form('a') }),
      task({ key: '3', form: form('b') }),
      task({ key: '4', actions: [] }),
    ]);
    expect(batch.groups.map((group) => group.tasks.map((each) => each.key))).toEqual([['1', '2'], ['3']]);
    expect(batch.refused.map(({ task: each }) => each.key)).toEqual(['4']);
  });

  it('opens the form with what all have in common', () => {
    const tasks = [task({ variables: { amount: 1, item: '甲' } }), task({ variables: { amount: 1, item: '乙' } })];
    expect(commonVariables(tasks)).toEqual({ amount: 1 });
    expect(commonVariables([])).toEqual({});
  });

  it('asks only for what is to be filled in', () => {
    const schema: FormSchema = {
      type: 'default',
      components: [
        { type: 'text', text: '说明' },
        { type: 'textfield', key: 'item', readonly: true },
        { type: 'group', components: [{ type: 'textfield', key: 'shown', readonly: true }] },
        { type: 'group', components: [{ type: 'radio', key: 'approval' }] },
      ],
    };
    expect(editableOnly(schema).components).toEqual([{ type: 'group', components: [{ type: 'radio', key: 'approval' }] }]);
  });
});

describe('分办', () => {
  const departments = ['bgs', 'zgk', 'zhk', 'xfk', 'jjk', 'cyk'].map((value) => ({ label: value, value }));

  it('finds the fields in which departments are chosen', () => {
    const schema: FormSchema = {
      type: 'default',
      components: [
        { type: 'select', key: 'lead', label: '牵头', values: departments },
        { type: 'taglist', key: 'assist', label: '配合', valuesExpression: '=departments' },
        { type: 'select', key: 'kind', label: '类别', values: [{ label: '甲', value: '甲' }] },
        { type: 'select', key: 'shown', label: '只读', values: departments, readonly: true },
        { type: 'dynamiclist', path: 'rows', components: [{ type: 'select', key: 'row', values: departments }] },
      ],
    };
    const found = dispatchFields(schema, { departments });
    expect(found.map(({ key, several }) => [key, several])).toEqual([
      ['lead', false],
      ['assist', true],
    ]);
    expect(dispatchFields(undefined, {})).toEqual([]);
  });

  it('asks by the title and what the case is about, not by who sent it', () => {
    const variables = { content: '企业技术改造', sender: '省工业和信息化厅', item: '机房改造', amount: 12 };
    expect(matterOf(task({ variables }))).toBe('大额资金审批：机房改造 企业技术改造');
  });
});

describe('a suggestion that is taken up', () => {
  const lead = { key: 'lead', label: '牵头科室', several: false, offered: ['ghk', 'kjk'] };

  it('offers only departments that can be chosen', () => {
    expect(allowedIn(lead, ['ghk', 'sgxt'])).toEqual(['ghk']);
  });

  it('says what to do when the field is not there yet or has no such choice', () => {
    expect(filledWords(lead, ['ghk'], true)).toBe('已填入“牵头科室”。');
    expect(filledWords(lead, ['ghk'], false)).toContain('请先填写它前面的选项');
    expect(filledWords(lead, [], false)).toContain('没有这个选项');
  });
});

import { describe, expect, it } from 'vitest';
import { monthsOf } from '../src/pages/admin/calendar/calendarDays';
import { searchCatalogue } from '../src/pages/start/catalogueSearch';
import { documentationParts, nameOf, showChosen, showValue } from '../src/format/text';

describe('names and files', () => {
  it('calls what the platform did by itself 系统', () => {
    expect(nameOf({ id: 'system:worker', name: 'system:worker' })).toBe('系统');
    expect(nameOf({ id: 'juzhang', name: '李建平' })).toBe('李建平');
    expect(nameOf(null)).toBe('—');
  });

  it('shows a file by its name', () => {
    const file = { documentId: 'd1', name: '回执.pdf', digest: 'x', size: 1, contentType: 'application/pdf' };
    expect(showValue(file)).toBe('回执.pdf');
    expect(showValue([file])).toContain('回执.pdf');
  });
});

describe('a value on one line', () => {
  it('reads as people say it', () => {
    expect(showValue(true)).toBe('是');
    expect(showValue(null)).toBe('（空）');
    expect(showValue('')).toBe('（空）');
    expect(showValue(0)).toBe('0');
    expect(showValue(['纸质', '当面'])).toBe('纸质、当面');
    expect(showValue([])).toBe('（空）');
  });

  it('numbers rows and names their parts', () => {
    const rows = [
      { mingcheng: '甲', danjia: 1 },
      { mingcheng: '乙', danjia: 2 },
    ];
    expect(showValue(rows, { mingcheng: '名称', danjia: '单价' })).toBe('1）名称：甲，单价：1；2）名称：乙，单价：2');
  });
});

describe('documentation', () => {
  it('shows the parts that there are', () => {
    expect(documentationParts({ seed: 'L1“甲”', basis: null, note: '', exception: '乙' })).toEqual([
      ['原文', 'L1“甲”'],
      ['异常', '乙'],
    ]);
    expect(documentationParts('说明文字')).toEqual([['说明', '说明文字']]);
    expect(documentationParts(null)).toEqual([]);
  });
});

describe('the catalogue', () => {
  const procedure = (id: string, name: string) => ({
    id,
    name,
    department: '办公室',
    family: 'A 公文',
    badges: [],
    startable: true,
    version: 1,
    definitionKey: '1',
    documentation: null,
  });
  const departments = [
    { id: 'bgs', name: '办公室', procedures: [procedure('bgs-dae', '大额资金审批'), procedure('bgs-sw', '收文')] },
    { id: 'zgk', name: '政工科', procedures: [procedure('zgk-x', '职称评审')] },
  ];
  const ids = (search: string) =>
    searchCatalogue(departments, search).flatMap((department) => department.procedures.map((found) => found.id));

  it('is found by name, id and department, all words together', () => {
    expect(ids('')).toHaveLength(3);
    expect(ids('大额')).toEqual(['bgs-dae']);
    expect(ids('ZGK')).toEqual(['zgk-x']);
    expect(ids('办公室 收文')).toEqual(['bgs-sw']);
    expect(ids('政工科 收文')).toEqual([]);
  });
});

describe('the calendar of a year', () => {
  const months = monthsOf({
    year: 2026,
    status: 'official',
    days: [
      { date: '2026-01-01', off: true, name: '元旦' },
      { date: '2026-01-03', off: true, name: '元旦' },
      { date: '2026-01-04', off: false, name: '调休' },
    ],
  });
  const day = (number: number) => months[0]?.cells[number - 1];

  it('tells holidays, shifted working days, weekends and working days apart', () => {
    expect(day(1)).toMatchObject({ kind: 'holiday', name: '元旦', provisional: false });
    expect(day(3)?.kind).toBe('holiday');
    expect(day(4)?.kind).toBe('shifted');
    expect(day(10)?.kind).toBe('off');
    expect(day(5)?.kind).toBe('working');
  });

  it('counts working days', () => {
    expect(months[0]?.workingDays).toBe(22);
    expect(months.reduce((sum, month) => sum + month.cells.length, 0)).toBe(365);
  });

  it('marks every day of a year without an official notice as provisional', () => {
    const provisional = monthsOf({ year: 2027, status: 'provisional', days: [] });
    expect(provisional[0]?.cells.every((cell) => cell.provisional)).toBe(true);
  });
});

describe('what was chosen', () => {
  const called = { ghk: '规划与技术改造科', kjk: '科技科' };

  it('is read by what the form calls it, one or several', () => {
    expect(showChosen('ghk', called)).toBe('规划与技术改造科');
    expect(showChosen(['ghk', 'kjk'], called)).toBe('规划与技术改造科、科技科');
    expect(showChosen('其他', called)).toBe('其他');
    expect(showChosen(undefined, called)).toBe('');
    expect(showChosen('ghk', undefined)).toBe('ghk');
  });

  it('is offered from a list that is read by its words', () => {
    expect(showValue([{ label: '政工科', value: 'zgk' }, { label: '综合科', value: 'zhk' }])).toBe('政工科、综合科');
  });
});

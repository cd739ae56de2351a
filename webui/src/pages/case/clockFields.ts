import type { ClockOperation, Unit } from '../../api/case-clocks';
import type { OperationValues } from './clockWords';

interface TextSpec {
  name: string;
  label: string;
  usual?: string[];
  rows?: number;
}

export interface OperationSpec {
  day: string;
  /** What the day is called in the request. */
  dayName: string;
  hint?: string;
  texts: TextSpec[];
}

/** What each operation asks for, as the law wants it: day, ground, paper, who approved. */
export const SPECS: Record<ClockOperation, OperationSpec> = {
  suspension: {
    day: '自哪日起不计',
    dayName: 'firstDay',
    hint: '当日起不计入期限',
    texts: [
      { name: 'ground', label: '中止事由', usual: ['征求第三方意见。', '等候补正材料。', '需要检验、鉴定或者专家评审。'], rows: 2 },
      { name: 'paper', label: '依据文书' },
    ],
  },
  resumption: {
    day: '不计的最后一日',
    dayName: 'lastDay',
    hint: '次日起继续计算',
    texts: [{ name: 'paper', label: '依据文书' }],
  },
  extension: {
    day: '决定并告知之日',
    dayName: 'decidedOn',
    hint: '须在期限届满前',
    texts: [
      { name: 'approver', label: '批准人' },
      { name: 'paper', label: '延期告知文书' },
    ],
  },
  restart: {
    day: '重新起算之日',
    dayName: 'day',
    texts: [
      { name: 'ground', label: '事由', usual: ['收到补正材料。'], rows: 2 },
      { name: 'evidence', label: '证明材料' },
    ],
  },
  stop: {
    day: '终止之日',
    dayName: 'day',
    texts: [{ name: 'reason', label: '终止原因', usual: ['已经办结。', '申请人撤回申请。'], rows: 2 }],
  },
  'start-correction': {
    day: '正确的起算日',
    dayName: 'day',
    hint: '已有的中止和延长保留',
    texts: [
      { name: 'evidence', label: '证明材料' },
      { name: 'reason', label: '更正原因', rows: 2 },
    ],
  },
};

/** What is missing, in words, by field. */
export function missingIn(operation: ClockOperation, values: OperationValues): Record<string, string> {
  const { day, texts } = SPECS[operation];
  const missing: Record<string, string> = {};
  if (!values['day']) missing['day'] = `请选择${day}。`;
  if (operation === 'extension' && !(Number.isInteger(Number(values['amount'])) && Number(values['amount']) > 0)) {
    missing['amount'] = '请填写延长多少，为正整数。';
  }
  for (const { name, label } of texts) if (!values[name]?.trim()) missing[name] = `请填写${label}。`;
  return missing;
}

/** The request of an operation. */
export function bodyOf(operation: ClockOperation, values: OperationValues, unit: Unit): Record<string, string | number> {
  const { dayName, texts } = SPECS[operation];
  return {
    [dayName]: values['day'] ?? '',
    ...Object.fromEntries(texts.map(({ name }) => [name, (values[name] ?? '').trim()])),
    ...(operation === 'extension' && { amount: Number(values['amount']), unit }),
  };
}

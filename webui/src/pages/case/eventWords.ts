import type { Labels, ReplayEvent } from '../../api/types';
import type { ElementNames } from '../../diagram/names';
import { showValue } from '../../format/text';

type Teller = (event: ReplayEvent, element: string, labels: Labels) => string | null;

const TELLERS: Record<string, Teller> = {
  elementactivated: (_event, element) => `进入 ${element}`,
  elementcompleted: (_event, element) => `完成 ${element}`,
  elementterminated: (_event, element) => `取消 ${element}`,
  variablechanged: (event, _element, labels) =>
    `数据 ${labels[event.name ?? ''] ?? event.name ?? ''}＝${showValue(event.value, labels)}`,
  usertaskcreated: (event, element) => `产生待办 ${event.name ?? element}`,
  jobcreated: (_event, element) => `产生自动作业 ${element}`,
  jobcanceled: () => '取消自动作业',
  timerscheduled: (_event, element) => `开始计时 ${element}`,
  timercanceled: () => '取消计时',
  decisionevaluated: (_event, element) => `按规则判断 ${element}`,
  incidentraised: (event, element) => `发生异常 ${element}：${event.message ?? ''}`,
  incidentresolved: () => '异常已处理',
  messagethrown: (event) => `发出消息 ${event.name ?? ''}`,
  signalthrown: (event) => `发出信号 ${event.name ?? ''}`,
  messagesubscriptionopened: (event) => `等候消息 ${event.name ?? ''}`,
  messagesubscriptionclosed: () => '不再等候消息',
  signalsubscriptionopened: (event) => `等候信号 ${event.name ?? ''}`,
  signalsubscriptionclosed: () => '不再等候信号',
};

/** One event in words; null for one about the process as a whole, which the step itself already says. */
export function describeEvent(event: ReplayEvent, names: ElementNames, labels: Labels = {}): string | null {
  const type = event.type.replace(/[^A-Za-z]/g, '').toLowerCase();
  const known = event.elementId ? names.get(event.elementId) : undefined;
  if (type.startsWith('element') && !known) return null;
  const element = known ? `${known.name}（${known.kind}）` : '';
  const teller = TELLERS[type];
  return teller ? teller(event, element, labels) : `${event.type} ${element}`.trim();
}

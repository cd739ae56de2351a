import type { Labels, ReplayEvent, ReplayStep } from '../../api/types';
import type { ElementNames } from '../../diagram/names';
import { showValue } from '../../format/text';

type Teller = (event: ReplayEvent, element: string, labels: Labels) => string | null;

/** What the person who acted wrote and decided; the step's own title says the rest. */
function said(event: ReplayEvent): string | null {
  const parts = [event.outcome && `结论：${event.outcome}`, event.opinion && `意见：${event.opinion}`].filter(Boolean);
  return parts.join('；') || null;
}

/** Which rows of which tables decided, and what came out. */
function decided(event: ReplayEvent, labels: Labels): string {
  const decisions = event.evaluation?.decisions ?? [];
  if (!decisions.length) return `按规则判断 ${event.decisionId ?? ''}`;
  const warnings = event.evaluation?.warnings ?? [];
  const told = decisions
    .map(({ name, value, rules }) => {
      const rows = rules.map((rule) => `第 ${rule.index} 行`).join('、');
      return `规则“${name}”${rows ? `命中${rows}` : ''}：${showValue(value, labels)}`;
    })
    .join('；');
  return warnings.length ? `${told}（提示：${warnings.join('；')}）` : told;
}

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
  decisionevaluated: (event, _element, labels) => decided(event, labels),
  clockstarted: (event) => `期限开始：${event.name ?? ''}`,
  clockchanged: (event) => `期限变化：${event.name ?? ''}`,
  incidentraised: (event, element) => `发生异常 ${element}：${event.message ?? ''}`,
  incidentresolved: () => '异常已处理',
  messagethrown: (event) => `发出消息 ${event.name ?? ''}`,
  signalthrown: (event) => `发出信号 ${event.name ?? ''}`,
  messagesubscriptionopened: (event) => `等候消息 ${event.name ?? ''}`,
  messagesubscriptionclosed: () => '不再等候消息',
  signalsubscriptionopened: (event) => `等候信号 ${event.name ?? ''}`,
  signalsubscriptionclosed: () => '不再等候信号',
  processinstancecalled: (_event, element) => `转入环节 ${element}`.trim(),
  elementmigrated: (_event, element) => `迁移 ${element}`,
  timerrescheduled: (_event, element) => `改定到期时间 ${element}`.trim(),
  usertaskduechanged: () => '改定待办期限',
  roleunheld: () => '相应角色无人担任',
  roleheldagain: () => '相应角色已有人担任',
  numberallocated: (event) => `取得编号 ${event.text ?? ''}`.trim(),
  paperserved: () => '登记送达',
  sealused: () => '登记用印',
  sealtakenout: () => '登记印章外出',
  sealreturned: () => '登记印章归还',
  textfrozen: () => '正文定稿',
  documentstored: (event) => `存入文件 ${event.name ?? ''}`.trim(),
};

/** One event in words; null for one about the process as a whole, which the step itself already says. */
function describeEvent(event: ReplayEvent, names: ElementNames, labels: Labels): string | null {
  const type = event.type.replace(/[^A-Za-z]/g, '').toLowerCase();
  const known = event.elementId ? names.get(event.elementId) : undefined;
  if (type.startsWith('element') && !known) return null;
  const element = known ? `${known.name}（${known.kind}）` : '';
  const teller = TELLERS[type];
  return teller ? teller(event, element, labels) : `${event.type} ${element}`.trim();
}

/** What happened in a step, line by line. Its first event is the command, by which the step is called already. */
export function describeStep(step: ReplayStep, names: ElementNames, labels: Labels): string[] {
  return step.events.flatMap((event, position) => {
    const command = position === 0 && event.type === step.type;
    return (command ? said(event) : describeEvent(event, names, labels)) ?? [];
  });
}

/** Names and kinds of a diagram's elements, for the lists that stand beside it. */

export interface ElementName {
  id: string;
  name: string;
  kind: string;
}

const KINDS: Record<string, string> = {
  startEvent: '开始',
  endEvent: '结束',
  exclusiveGateway: '判断',
  parallelGateway: '并行',
  inclusiveGateway: '包容判断',
  complexGateway: '复杂网关',
  eventBasedGateway: '等候事件',
  userTask: '办理',
  serviceTask: '自动',
  sendTask: '发送',
  receiveTask: '接收',
  scriptTask: '计算',
  businessRuleTask: '规则',
  manualTask: '线下',
  callActivity: '调用',
  subProcess: '子流程',
  adHocSubProcess: '子流程',
  transaction: '子流程',
  boundaryEvent: '边界事件',
  intermediateCatchEvent: '等候',
  intermediateThrowEvent: '事件',
  task: '任务',
};

export type ElementNames = Map<string, ElementName>;

/** Reads the flow nodes of BPMN XML; other elements have no entry. */
export function readNames(xml: string): ElementNames {
  const names: ElementNames = new Map();
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  for (const element of Array.from(document.getElementsByTagName('*'))) {
    const kind = KINDS[element.localName];
    const id = element.getAttribute('id');
    if (!kind || !id) continue;
    const name = (element.getAttribute('name') ?? '').replace(/\s+/g, ' ').trim();
    names.set(id, { id, name: name || kind, kind });
  }
  return names;
}

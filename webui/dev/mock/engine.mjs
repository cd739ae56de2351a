/** Just enough execution for sample data: tokens over the sample procedures, with the events of the replay. */
import { forms, labels } from './forms.mjs';
import { findPerson, named, people } from './organisation.mjs';
import { findProcess } from './processes.mjs';

let lastKey = 4503599627370000;
export const nextKey = () => String((lastKey += 1));

export const cases = [];
export const tasks = [];
export const incidents = [];

export class Refusal extends Error {
  constructor(status, detail, code, fields) {
    super(detail);
    Object.assign(this, { status, code, fields });
  }
}

function beginStep(item, at, actor, command, type) {
  item.steps.push({ index: item.steps.length, at, actor: named(actor), onBehalfOf: null, command, type, events: [] });
}

const tell = (item, event) => item.steps[item.steps.length - 1].events.push(event);

function setVariables(item, variables) {
  const changes = [];
  for (const [name, value] of Object.entries(variables)) {
    if (JSON.stringify(item.variables[name]) === JSON.stringify(value)) continue;
    changes.push({ name, label: labels[name] ?? null, old: item.variables[name] ?? null, new: value });
    item.variables[name] = value;
    tell(item, { type: 'VariableChanged', scopeKey: item.key, processInstanceKey: item.key, name, value });
  }
  return changes;
}

function activate(item, frame, node, at) {
  const key = nextKey();
  tell(item, { type: 'ElementActivated', elementId: node.id, elementInstanceKey: key, processInstanceKey: frame.key, elementType: node.type });
  if (node.type === 'userTask') return createTask(item, frame, node, key, at);
  if (node.type === 'callActivity') {
    const called = { key: nextKey(), process: findProcess(node.calls), parent: { frame, node, key }, arrived: {} };
    item.frames.push(called);
    return activate(item, called, called.process.nodes[0], at);
  }
  if (node.type === 'serviceTask') {
    const incident = { key: nextKey(), processInstanceKey: item.key, caseTitle: item.caseTitle, elementId: node.id, errorType: 'JOB_NO_RETRIES', message: '文书模板“政府信息公开答复书.docx”不存在，请补充模板后重试。', createdAt: at, state: 'active' };
    incidents.push(incident);
    tell(item, { type: 'IncidentRaised', key: incident.key, elementId: node.id, elementInstanceKey: key, processInstanceKey: frame.key, message: incident.message });
    return undefined;
  }
  return complete(item, frame, node, key, at);
}

function flowsFrom(frame, node, variables) {
  const out = frame.process.flows.filter((flow) => flow.from === node.id);
  if (node.type !== 'exclusiveGateway') return out;
  return [out.find((flow) => flow.when?.(variables)) ?? out.find((flow) => !flow.when)];
}

function complete(item, frame, node, key, at) {
  const taken = flowsFrom(frame, node, item.variables);
  tell(item, { type: 'ElementCompleted', elementId: node.id, elementInstanceKey: key, processInstanceKey: frame.key, taken: taken.map((flow) => flow.id) });
  for (const flow of taken) arrive(item, frame, frame.process.nodes.find((candidate) => candidate.id === flow.to), at);
  if (node.type !== 'endEvent') return;
  if (frame.parent) complete(item, frame.parent.frame, frame.parent.node, frame.parent.key, at);
  else Object.assign(item, { state: 'COMPLETED', endedAt: at });
}

function arrive(item, frame, node, at) {
  const incoming = frame.process.flows.filter((flow) => flow.to === node.id).length;
  if (node.type === 'parallelGateway' && incoming > 1) {
    frame.arrived[node.id] = (frame.arrived[node.id] ?? 0) + 1;
    if (frame.arrived[node.id] < incoming) return;
  }
  activate(item, frame, node, at);
}

function createTask(item, frame, node, key, at) {
  const group = frame.process.lanes[node.lane];
  const holders = people.filter((person) => person.roles.includes(group));
  const task = {
    key, name: node.name, elementId: node.id, processInstanceKey: item.key, processDefinitionKey: `def-${frame.process.id}`,
    procedureId: item.procedureId, procedureName: item.procedureName, caseTitle: item.caseTitle, caseNumber: item.caseNumber,
    initiator: item.initiator, assignee: group === '经办人' ? item.initiator : holders.length === 1 ? named(holders[0]) : null,
    candidateGroups: [group], createdAt: at, completedAt: null, outcome: null, dueAt: item.dueAt ?? null, remainingWorkingDays: item.remaining ?? null,
    dueProvisional: item.provisional ?? false, light: item.light ?? null, priority: 50, claimable: true, state: 'CREATED', node, frame, draft: null, revision: 1,
  };
  tell(item, { type: 'UserTaskCreated', elementId: node.id, elementInstanceKey: key, processInstanceKey: frame.key, name: node.name });
  tasks.push(task);
}

export function startCase(procedureId, variables, actor, at, more = {}) {
  const process = findProcess(procedureId);
  const key = nextKey();
  const number = `${at.slice(0, 4)}-${String(cases.length + 1).padStart(4, '0')}`;
  const item = {
    key, procedureId, procedureName: process.name, definitionKey: `def-${procedureId}`, version: 3, caseNumber: number,
    caseTitle: `${number} ${actor.name} ${variables.shixiang ?? variables.neirong ?? process.name}`,
    state: 'ACTIVE', initiator: named(actor), startedAt: at, endedAt: null, clocks: [], variables: {}, frames: [], steps: [], record: [], ...more,
  };
  const frame = { key, process, parent: null, arrived: {} };
  item.frames.push(frame);
  cases.push(item);
  beginStep(item, at, actor, '发起事项', 'StartProcessInstance');
  tell(item, { type: 'ElementActivated', elementId: procedureId, elementInstanceKey: key, processInstanceKey: key, elementType: 'PROCESS' });
  const changes = setVariables(item, variables);
  item.record.push({ at, actor: named(actor), action: '发起', elementId: process.nodes[0].id, elementName: null, opinion: null, outcome: null, durationSeconds: null, dueAt: null, changes });
  activate(item, frame, process.nodes[0], at);
  return item;
}

export function claim(task, actor) {
  if (task.assignee && task.assignee.id !== actor.id) throw new Refusal(409, `此任务已由${task.assignee.name}认领，请刷新。`, 'user-task.claimed');
  Object.assign(task, { assignee: named(actor), revision: task.revision + 1 });
}

const OUTCOMES = { tongyi: '同意', buchong: '退回补充' };

export function completeTask(task, variables, opinion, actor, at) {
  if (task.state !== 'CREATED') throw new Refusal(409, '此任务已被办结，请刷新列表。', 'user-task.not-open');
  if (variables.shoukuanfang === '未知') {
    throw new Refusal(400, '表单有误，请按提示修改。', 'form.invalid', { shoukuanfang: ['收款单位不在供应商名录中，请核对。'] });
  }
  const item = cases.find((candidate) => candidate.key === task.processInstanceKey);
  beginStep(item, at, actor, `办理“${task.name}”`, 'CompleteUserTask');
  const changes = setVariables(item, variables);
  Object.assign(task, { state: 'COMPLETED', completedAt: at, outcome: OUTCOMES[variables.jielun] ?? null, completedBy: actor.id });
  const seconds = Math.round((Date.parse(at) - Date.parse(task.createdAt)) / 1000);
  item.record.push({ at, actor: named(actor), action: '提交', elementId: task.elementId, elementName: task.name, opinion: opinion ?? null, outcome: task.outcome, durationSeconds: seconds, dueAt: task.dueAt, changes });
  complete(item, task.frame, task.node, task.key, at);
  return item;
}

export function mayWork(task, actor) {
  return task.assignee ? task.assignee.id === actor.id : task.candidateGroups.some((group) => actor.roles.includes(group));
}

export const formOf = (task) => (task.node.form ? forms[task.node.form] : null);

/** Completes the open task at an element as whoever holds it; for sample data. */
export function work(item, elementId, variables, opinion, at) {
  const task = tasks.find((open) => open.processInstanceKey === item.key && open.elementId === elementId && open.state === 'CREATED');
  const actor = task.assignee ? findPerson(task.assignee.id) : people.find((person) => mayWork(task, person));
  completeTask(task, variables, opinion, actor, at);
}

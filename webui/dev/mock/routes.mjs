/** The sample server's /api, by the same contract as the real one. */
import { randomBytes } from 'node:crypto';
import { adminRoutes } from './admin.mjs';
import { toXml } from './bpmn.mjs';
import { cases, claim, completeTask, formOf, mayWork, Refusal, startCase, tasks } from './engine.mjs';
import { forms, labels } from './forms.mjs';
import { officeRoutes } from './office.mjs';
import { findPerson, named, PASSWORD } from './organisation.mjs';
import { findProcess, listed, processes } from './processes.mjs';
import { proofOf } from './proof.mjs';
import './seed.mjs';

const sessions = new Map();
const answers = new Map();
const now = () => new Date().toISOString().replace(/\.\d+/, '');

const summary = ({ node, frame, draft, revision, completedBy, ...task }) => task;
const openFor = (actor) => tasks.filter((task) => task.state === 'CREATED' && mayWork(task, actor));
const doneBy = (actor) => tasks.filter((task) => task.completedBy === actor.id);

function caseOf({ frames, steps, record, variables, dueAt, light, remaining, provisional, ...item }) {
  const open = tasks.filter((task) => task.processInstanceKey === item.key && task.state === 'CREATED');
  const currentElements = open.map((task) => ({ elementId: task.elementId, name: task.name, assignees: task.assignee ? [task.assignee.name] : [] }));
  return { ...item, hasIncident: item.procedureId === 'bgs-ysqgk' && open.length === 0 && item.state === 'ACTIVE', currentElements };
}

function page(items, query) {
  const start = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 30);
  const words = query.get('search') ?? '';
  const procedure = query.get('procedure') ?? '';
  const found = items.filter((item) => `${item.caseTitle}${item.name ?? ''}`.includes(words) && (!procedure || item.procedureId === procedure));
  const next = start + limit < found.length ? String(start + limit) : null;
  return { items: found.slice(start, start + limit), nextCursor: next, total: found.length };
}

function need(found) {
  if (!found) throw new Refusal(404, '没有找到。', 'not-found');
  return found;
}

const caseBy = (key) => need(cases.find((item) => item.key === key));
const taskBy = (key) => need(tasks.find((task) => task.key === key));

/** Nobody else has to do with a task of the sample data: what others do is for a real server. */
const ALONE = {
  binding: null, boundTo: null, held: false, secondFactor: false, returnMode: 'any', directAllowed: true, urged: 0,
  signers: [], handovers: [], returned: null, recorded: null, votes: null,
};

function detail(task, actor) {
  const mine = task.state === 'CREATED' && task.assignee?.id === actor.id;
  const open = task.state === 'CREATED' && mayWork(task, actor);
  const actions = mine ? ['complete', 'unclaim', 'save-draft'] : open ? ['claim'] : [];
  const documentation = task.node.seed ? { seed: `L620“${task.node.seed}”`, basis: '收支管理内部控制制度', note: null, exception: null } : null;
  return { ...summary(task), ...ALONE, form: formOf(task), variables: caseBy(task.processInstanceKey).variables, draft: task.draft, documentation, actions, readOnly: !mine, revision: task.revision };
}

function procedureOf(process) {
  return { id: process.id, name: process.name, department: { id: process.department, name: process.department }, family: process.family, badges: process.badges, startable: true, version: 3, definitionKey: `def-${process.id}`, documentation: process.documentation };
}

function catalogue() {
  const all = processes.map(procedureOf);
  for (const [department, id, name, family, badges] of listed) {
    all.push({ id, name, department: { id: department, name: department }, family, badges, startable: false, version: null, definitionKey: null, documentation: null });
  }
  const departments = [...new Set(all.map((entry) => entry.department.name))];
  return { departments: departments.map((name) => ({ id: name, name, procedures: all.filter((entry) => entry.department.name === name) })) };
}

function replayOf(item) {
  const main = { key: item.definitionKey, xml: toXml(findProcess(item.procedureId)) };
  const called = item.frames.filter((frame) => frame.parent).map((frame) => ({ key: `def-${frame.process.id}`, xml: toXml(frame.process), processInstanceKey: frame.key, calledFrom: frame.parent.node.id }));
  return { definition: main, called, steps: item.steps, labels };
}

const nothing = () => ({ items: [] });

const routes = [
  ['GET', /^\/api\/copies$/, () => ({ items: [], nextCursor: null, total: 0 })],
  ['GET', /^\/api\/(recorded-signatures|interventions|controls|roles|colleagues)$/, nothing],
  ['GET', /^\/api\/process-instances\/(\w+)\/(draws|controls|copies)$/, nothing],
  ['POST', /^\/api\/user-tasks\/(\w+)\/controls$/, nothing],
  ['GET', /^\/api\/counts$/, ({ actor }) => ({ todo: openFor(actor).length, done: doneBy(actor).length, started: cases.filter((item) => item.initiator.id === actor.id).length })],
  ['GET', /^\/api\/user-tasks$/, ({ actor, query }) => page((query.get('tab') === 'done' ? doneBy(actor) : openFor(actor)).map(summary), query)],
  ['GET', /^\/api\/user-tasks\/(\w+)$/, ({ actor, key }) => detail(taskBy(key), actor)],
  ['POST', /^\/api\/user-tasks\/(\w+)\/claim$/, ({ actor, key }) => (claim(taskBy(key), actor), summary(taskBy(key)))],
  ['POST', /^\/api\/user-tasks\/(\w+)\/unclaim$/, ({ key }) => summary(Object.assign(taskBy(key), { assignee: null, revision: taskBy(key).revision + 1 }))],
  ['PUT', /^\/api\/user-tasks\/(\w+)\/draft$/, ({ key, body }) => void (taskBy(key).draft = body.variables)],
  ['POST', /^\/api\/user-tasks\/(\w+)\/completion$/, ({ actor, key, body }) => {
    const item = completeTask(taskBy(key), body.variables, body.opinion, actor, now());
    return { processInstanceKey: item.key, completed: item.state === 'COMPLETED', nextTasks: openFor(actor).filter((task) => task.processInstanceKey === item.key).map(summary) };
  }],
  ['GET', /^\/api\/procedures$/, catalogue],
  ['GET', /^\/api\/procedures\/([\w-]+)\/start-form$/, ({ key }) => ({ form: forms[need(findProcess(key)).startForm] ?? null, definitionKey: `def-${key}` })],
  ['POST', /^\/api\/process-instances$/, ({ actor, body }) => {
    const item = startCase(body.procedureId, body.variables, actor, now());
    return { key: item.key, caseTitle: item.caseTitle, nextTasks: openFor(actor).filter((task) => task.processInstanceKey === item.key).map(summary) };
  }],
  ['GET', /^\/api\/process-instances$/, ({ actor, query }) => {
    const state = query.get('state') ?? '';
    const mine = query.get('tab') === 'started' ? cases.filter((item) => item.initiator.id === actor.id) : cases;
    return page(mine.filter((item) => !state || item.state === state).map(caseOf).reverse(), query);
  }],
  ['GET', /^\/api\/process-instances\/(\w+)$/, ({ key }) => ({ ...caseOf(caseBy(key)), variables: caseBy(key).variables, labels })],
  ['GET', /^\/api\/process-instances\/(\w+)\/replay$/, ({ key }) => replayOf(caseBy(key))],
  ['GET', /^\/api\/process-instances\/(\w+)\/record$/, ({ key }) => ({ items: caseBy(key).record })],
  ['GET', /^\/api\/process-instances\/(\w+)\/clocks\/\w+\/proof$/, ({ key }) => proofOf(caseBy(key).clocks[0])],
  ['PUT', /^\/api\/session\/password$/, ({ actor, body }) => {
    if (body.currentPassword !== PASSWORD) throw new Refusal(400, '当前密码不正确。', 'password.wrong', { currentPassword: ['当前密码不正确。'] });
    actor.mustChangePassword = false;
  }],
  ...adminRoutes,
  ...officeRoutes,
];

function sessionOf(actor, csrfToken) {
  const { mustChangePassword = false, active, ...user } = actor;
  return { user, csrfToken, mustChangePassword };
}

function signIn(body, outgoing) {
  const actor = findPerson(body.username);
  if (!actor || body.password !== PASSWORD) throw new Refusal(401, '用户名或密码不正确。', 'session.refused');
  const id = randomBytes(12).toString('hex');
  sessions.set(id, { actor, csrfToken: randomBytes(8).toString('hex') });
  outgoing.setHeader('Set-Cookie', `banjie_session=${id}; HttpOnly; SameSite=Strict; Path=/`);
  return sessionOf(actor, sessions.get(id).csrfToken);
}

async function readBody(incoming) {
  let text = '';
  for await (const part of incoming) text += part;
  return text ? JSON.parse(text) : {};
}

function answer(incoming, outgoing, url, body) {
  const id = /banjie_session=(\w+)/.exec(incoming.headers.cookie ?? '')?.[1];
  const session = sessions.get(id);
  if (url.pathname === '/api/session') {
    if (incoming.method === 'POST') return signIn(body, outgoing);
    if (incoming.method === 'DELETE') return void sessions.delete(id);
    if (!session) throw new Refusal(401, '请登录。', 'session.missing');
    return sessionOf(session.actor, session.csrfToken);
  }
  if (!session) throw new Refusal(401, '登录已失效，请重新登录。', 'session.missing');
  if (incoming.method !== 'GET' && incoming.headers['x-csrf-token'] !== session.csrfToken) throw new Refusal(403, '请求未通过校验，请刷新页面。', 'csrf');
  const xml = /^\/api\/definitions\/def-([\w-]+)\/xml$/.exec(url.pathname);
  if (xml) return toXml(need(findProcess(xml[1])));
  for (const [method, pattern, act] of routes) {
    const match = method === incoming.method && pattern.exec(url.pathname);
    if (match) return act({ actor: session.actor, key: match[1], query: url.searchParams, body });
  }
  throw new Refusal(404, '没有这个地址。', 'not-found');
}

/** Answers one request to /api; a repeated idempotency key gets the first answer again. */
export async function handleApi(incoming, outgoing) {
  const url = new URL(incoming.url, 'http://localhost');
  const repeated = incoming.headers['idempotency-key'];
  try {
    const body = await readBody(incoming);
    const result = repeated && answers.has(repeated) ? answers.get(repeated) : answer(incoming, outgoing, url, body);
    if (repeated) answers.set(repeated, result);
    if (result === undefined) return outgoing.writeHead(204).end();
    const xml = typeof result === 'string';
    outgoing.writeHead(200, { 'Content-Type': xml ? 'application/xml' : 'application/json' });
    return outgoing.end(xml ? result : JSON.stringify(result));
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500;
    if (status === 500) console.error(error);
    outgoing.writeHead(status, { 'Content-Type': 'application/problem+json' });
    return outgoing.end(JSON.stringify({ type: 'about:blank', title: '未能完成', status, detail: error.message, code: error.code, fields: error.fields }));
  }
}

/** Notices, people and substitution for the sample server; the rest of administration wants a real one (`--api`). */
import { people } from './organisation.mjs';

const told = [
  ['task-offered', '有一项新的待办等待认领，请登录办结查看。'],
  ['clock-red', '您的一项工作即将到期，请立即登录办结办理。'],
  ['substitution', '与您有关的离岗委托有变化，请登录办结查看。'],
].map(([kind, text], position) => ({
  key: String(800 + position),
  kind,
  text,
  processInstanceKey: null,
  userTaskKey: null,
  createdAt: `2026-11-2${position}T02:00:00Z`,
  readAt: null,
}));

const unread = () => told.filter((notice) => !notice.readAt);
const departments = () => [...new Set(people.map((person) => person.department.id))];
const roles = () => [...new Set(people.flatMap((person) => person.roles))];
const holders = (role) => people.filter((person) => person.roles.includes(role)).map(({ id, name }) => ({ id, name }));

export const officeRoutes = [
  ['GET', /^\/api\/notices\/unread-count$/, () => ({ count: unread().length })],
  ['GET', /^\/api\/notices$/, ({ query }) => ({
    items: query.get('unread') === 'true' ? unread() : told,
    nextCursor: null,
    total: unread().length,
  })],
  ['POST', /^\/api\/notices\/reading$/, ({ body }) => {
    const read = unread().filter((notice) => !body.keys || body.keys.includes(notice.key));
    for (const notice of read) notice.readAt = new Date().toISOString();
    return { count: read.length };
  }],
  ['GET', /^\/api\/colleagues$/, () => ({
    items: people.map(({ id, name, department }) => ({ id, name, kind: 'staff', department: department.name })),
  })],
  ['GET', /^\/api\/departments$/, () => ({
    items: departments().map((id) => ({ id, name: id, kind: 'internal', parent: null, plaques: [], line: null })),
  })],
  ['GET', /^\/api\/roles$/, () => ({
    items: roles().map((name) => ({ name, label: name, department: null, holders: holders(name) })),
  })],
  ['GET', /^\/api\/(posts|responsibilities|substitutions)$/, () => ({ items: [] })],
];

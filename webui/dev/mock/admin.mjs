import { cases, incidents } from './engine.mjs';
import { people } from './organisation.mjs';
import { listed, processes } from './processes.mjs';

const problem = (file, line, element, code, severity, message) => ({ file, line, element, code, severity, message });

const refused = {
  id: 'bgs-shouwen',
  name: '收文工作流程',
  department: '办公室',
  version: 2,
  deployedAt: '2026-11-20T02:11:00Z',
  state: 'refused',
  problems: [
    problem('bpmn/bgs/bgs-shouwen.bpmn', 48, 's03_niban', 'bpmn.form-missing', 'error', '用户任务“拟办”引用的表单 bgs/niban 不存在；请在 forms/bgs/ 下补充，或改正表单编号。'),
    problem('bpmn/bgs/bgs-shouwen.bpmn', 91, 'f_qixian', 'feel.syntax', 'error', '条件“=tianshu >”不完整：在第 10 个字符处缺少比较的值。'),
    problem('bpmn/bgs/bgs-shouwen.bpmn', 120, 's07_cuiban', 'convention.name-length', 'warning', '任务名“按照领导批示要求进行催办”超过 12 字。'),
  ],
};

const procedures = () => [
  ...processes.map((process) => ({ id: process.id, name: process.name, department: process.department, version: 3, deployedAt: '2026-11-18T06:30:00Z', state: 'active', problems: [] })),
  refused,
  ...listed.slice(2).map(([department, id, name]) => ({ id, name, department, version: 1, deployedAt: '2026-11-10T01:00:00Z', state: 'active', problems: [] })),
];

const jobs = () => [
  { key: '901', kind: 'timer', status: 'scheduled', dueAt: '2026-12-01T16:00:00Z', attempts: 0, processInstanceKey: cases[2].key, elementId: 't_gongshi', lastError: null },
  { key: '902', kind: 'job', status: 'failed', dueAt: '2026-11-22T08:10:00Z', attempts: 3, processInstanceKey: cases[cases.length - 1].key, elementId: 'r_huizhi', lastError: '文书模板“政府信息公开答复书.docx”不存在' },
  { key: '903', kind: 'timer', status: 'done', dueAt: '2026-11-21T16:00:00Z', attempts: 1, processInstanceKey: cases[0].key, elementId: 't_tixing', lastError: null },
];

const holidays = {
  2026: ['01-01 元旦', '01-02 元旦', '02-16 春节', '02-17 春节', '02-18 春节', '02-19 春节', '02-20 春节', '02-23 春节', '04-06 清明节', '05-01 劳动节', '05-04 劳动节', '05-05 劳动节', '06-19 端午节', '09-25 中秋节', '10-01 国庆节', '10-02 国庆节', '10-05 国庆节', '10-06 国庆节', '10-07 国庆节'],
  2027: ['01-01 元旦', '05-03 劳动节', '10-01 国庆节'],
};
const shifted = { 2026: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'] };

function calendar(year) {
  const off = (holidays[year] ?? []).map((entry) => ({ date: `${year}-${entry.slice(0, 5)}`, off: true, name: entry.slice(6) }));
  const worked = (shifted[year] ?? []).map((day) => ({ date: `${year}-${day}`, off: false, name: '调休' }));
  const status = year <= 2026 ? 'official' : year === 2027 ? 'provisional' : 'missing';
  return { year, status, version: '9f2c41d07a6b', source: status === 'official' ? '国务院办公厅关于放假安排的通知' : null, days: [...off, ...worked] };
}

export const adminRoutes = [
  ['GET', /^\/api\/admin\/procedures$/, procedures],
  ['GET', /^\/api\/admin\/incidents$/, ({ query }) => ({ items: incidents.filter((incident) => incident.state === query.get('state')) })],
  ['POST', /^\/api\/admin\/incidents\/(\w+)\/resolution$/, ({ key }) => void (incidents.find((incident) => incident.key === key).state = 'resolved')],
  ['GET', /^\/api\/admin\/jobs$/, ({ query }) => ({ items: jobs().filter((job) => !query.get('status') || job.status === query.get('status')) })],
  ['GET', /^\/api\/admin\/users$/, () => ({ items: people.map(({ mustChangePassword, ...user }) => user) })],
  ['GET', /^\/api\/admin\/calendar\/(\d+)$/, ({ key }) => calendar(Number(key))],
  ['GET', /^\/api\/health$/, () => ({ status: 'ok', version: '0.1.0', database: 'sample' })],
];

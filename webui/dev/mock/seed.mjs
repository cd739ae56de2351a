/** Sample cases: a finished one with a loop and a called procedure, open ones with every kind of due date. */
import { startCase, work } from './engine.mjs';
import { findPerson } from './organisation.mjs';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const now = Date.now();
const ago = (hours) => new Date(now - hours * HOUR).toISOString().replace(/\.\d+/, '');
const endOfDay = (days) => {
  const local = Math.floor((now + 8 * HOUR) / DAY) + days + 1;
  return new Date(local * DAY - 8 * HOUR).toISOString().replace(/\.\d+/, '');
};

const payment = (shixiang, jine, more = {}) => ({
  shixiang,
  jine,
  leibie: 'gongcheng',
  shoukuanfang: '威海恒信建设工程有限公司',
  zhifuRiqi: '2026-12-10',
  liyou: '按合同约定支付工程进度款。',
  mingxi: [{ mingcheng: '第一期进度款', danjia: jine }],
  ...more,
});

const wang = findPerson('wangfang');
const zhao = findPerson('zhaomin');

const finished = startCase('bgs-dae', payment('机房改造工程款', 36800), wang, ago(200));
work(finished, 's01_tianbao', payment('机房改造工程款', 36800), '请审核。', ago(198));
work(finished, 's02_keshi', { jielun: 'tongyi' }, '同意，请办公室审核。', ago(190));
work(finished, 's03_fapiao', { jielun: 'buchong', buchongNeirong: '缺验收报告' }, '缺验收报告，请补充。', ago(170));
work(finished, 's01_tianbao', payment('机房改造工程款', 36500), '已补充验收报告，核减300元。', ago(150));
work(finished, 's02_keshi', { jielun: 'tongyi' }, '同意。', ago(148));
work(finished, 's03_fapiao', { jielun: 'tongyi' }, '发票、验收报告齐全。', ago(120));
work(finished, 's04_fenguan', { jielun: 'tongyi' }, '同意。', ago(100));
work(finished, 's05_zhuyao', { jielun: 'tongyi' }, '同意支付。', ago(80));
work(finished, 'y_gaizhang', {}, '已盖章。', ago(60));
work(finished, 's06_fukuan', { ziliao: ['审签发票', '验收报告'], pingzhengHao: '202611' }, '已支付。', ago(48));

const dues = [
  { light: 'overdue', remaining: -2, dueAt: endOfDay(-2) },
  { light: 'red', remaining: 0, dueAt: endOfDay(0) },
  { light: 'amber', remaining: 3, dueAt: endOfDay(3) },
  { light: 'green', remaining: 12, dueAt: endOfDay(16) },
  { light: 'green', remaining: null, dueAt: endOfDay(50), provisional: true },
  { light: 'paused', remaining: null, dueAt: endOfDay(20) },
  { light: null, dueAt: null },
];

const titles = ['办公楼外墙维修工程款', '数字化车间设备采购款', '年度审计服务费', '会议室扩声系统改造', '智能工厂评审专家费', '信息系统等级保护测评费', '档案数字化加工费'];

titles.forEach((title, position) => {
  const item = startCase('bgs-dae', payment(title, 12000 + position * 5300), position % 2 ? zhao : wang, ago(30 - position), dues[position]);
  if (position >= 2) work(item, 's01_tianbao', payment(title, 12000 + position * 5300), '请审核。', ago(20 - position));
  if (position >= 4) work(item, 's02_keshi', { jielun: 'tongyi' }, '同意。', ago(12 - position));
});

const clock = (state, more) => ({
  id: 'dafu',
  name: '答复期限',
  state,
  startedOn: '2026-11-02',
  dueAt: endOfDay(3),
  provisional: false,
  light: 'amber',
  remainingWorkingDays: 3,
  basis: '《政府信息公开条例》第三十三条第二款：20个工作日',
  ...more,
});

const request = { shenqingren: '刘某', shoudaoRiqi: '2026-11-02', neirong: '2025年度技改补助资金分配结果', xingshi: ['纸质'] };
const due = { light: 'amber', remaining: 3, dueAt: endOfDay(3) };
const open = startCase('bgs-ysqgk', request, zhao, ago(90), { ...due, clocks: [clock('running')] });
work(open, 's01_dengji', request, '已登记。', ago(88));

const paused = startCase('bgs-ysqgk', { ...request, shenqingren: '某公司', neirong: '专项资金申报材料目录' }, zhao, ago(60), {
  clocks: [clock('suspended', { light: 'paused', dueAt: null, remainingWorkingDays: null })],
});
work(paused, 's01_dengji', paused.variables, '已登记。', ago(58));

const stuck = startCase('bgs-ysqgk', { ...request, shenqingren: '张某', neirong: '绿色工厂名单' }, zhao, ago(50), {
  clocks: [clock('running', { provisional: true, dueAt: endOfDay(40), light: 'green', remainingWorkingDays: 27 })],
});
work(stuck, 's01_dengji', stuck.variables, '已登记。', ago(49));
work(stuck, 's02_chengban', stuck.variables, '答复书已起草。', ago(30));
work(stuck, 's03_shencha', {}, '不涉密，可以公开。', ago(20));

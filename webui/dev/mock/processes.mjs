/** Sample procedures: nodes with their lane and column, flows with an optional condition. */
const user = (id, name, lane, col, form, seed) => ({ id, type: 'userTask', name, lane, col, form, seed });
const flow = (id, from, to, name, when) => ({ id, from, to, name, when });

const dae = {
  id: 'bgs-dae',
  name: '大额资金审批工作流程',
  department: '办公室',
  family: 'B 财务/后勤审批',
  badges: ['种子原文'],
  startForm: 'dae-shenqing',
  documentation: {
    seed: '业务科室把对外支付单笔1万元（含）以上款项列入支出计划，报办公室纳入财政预算。',
    basis: '《威海市工业和信息化局收支管理内部控制制度》',
  },
  lanes: ['经办人', '申报科室负责人', '办公室财务岗', '分管负责人', '主要负责人'],
  nodes: [
    { id: 'e_start', type: 'startEvent', name: '提出支付', lane: 0, col: 0 },
    user('s01_tianbao', '填报支付申请', 0, 1, 'dae-shenqing', '业务科室把对外支付单笔1万元（含）以上款项列入支出计划报办公室纳入财政预算'),
    user('s02_keshi', '审核支付申请', 1, 2, 'dae-shenhe', '申报科室负责人逐级审批'),
    user('s03_fapiao', '审核采购发票', 2, 3, 'dae-shenhe', '办公室审核发票'),
    { id: 'g_qiquan', type: 'exclusiveGateway', name: '资料齐全？', lane: 2, col: 4 },
    user('s04_fenguan', '分管负责人审批', 3, 5, 'dae-shenhe', '分管负责人审批'),
    user('s05_zhuyao', '主要负责人审批', 4, 6, 'dae-shenhe', '主要负责人审批'),
    { id: 'c_yinzhang', type: 'callActivity', name: '用印', lane: 2, col: 7, calls: 'bgs-yinzhang' },
    user('s06_fukuan', '办理支付', 2, 8, 'dae-fukuan', '资料不全不予支付'),
    { id: 'e_end', type: 'endEvent', name: '已支付', lane: 2, col: 9 },
  ],
  flows: [
    flow('f_1', 'e_start', 's01_tianbao'),
    flow('f_2', 's01_tianbao', 's02_keshi'),
    flow('f_3', 's02_keshi', 's03_fapiao'),
    flow('f_4', 's03_fapiao', 'g_qiquan'),
    flow('f_buchong', 'g_qiquan', 's01_tianbao', '不齐全', (values) => values.jielun === 'buchong'),
    flow('f_5', 'g_qiquan', 's04_fenguan', '齐全'),
    flow('f_6', 's04_fenguan', 's05_zhuyao'),
    flow('f_7', 's05_zhuyao', 'c_yinzhang'),
    flow('f_8', 'c_yinzhang', 's06_fukuan'),
    flow('f_9', 's06_fukuan', 'e_end'),
  ],
};

const yinzhang = {
  id: 'bgs-yinzhang',
  name: '印章使用工作流程',
  department: '办公室',
  family: 'B 财务/后勤审批',
  badges: ['种子原文'],
  startForm: null,
  documentation: { seed: '办公室按规定妥善保管局机关印章。' },
  lanes: ['办公室财务岗'],
  nodes: [
    { id: 'y_start', type: 'startEvent', name: '申请用印', lane: 0, col: 0 },
    user('y_gaizhang', '核对并盖章', 0, 1, null, '办公室按规定妥善保管局机关印章'),
    { id: 'y_end', type: 'endEvent', name: '已用印', lane: 0, col: 2 },
  ],
  flows: [flow('y_1', 'y_start', 'y_gaizhang'), flow('y_2', 'y_gaizhang', 'y_end')],
};

const ysqgk = {
  id: 'bgs-ysqgk',
  name: '依申请公开工作流程',
  department: '办公室',
  family: 'D 对外依申请/诉求办理',
  badges: ['种子原文', '法定期限'],
  startForm: 'ysqgk',
  documentation: { seed: '自收到申请之日起20个工作日内答复。', basis: '《政府信息公开条例》第三十三条' },
  lanes: ['经办人', '办公室负责人'],
  nodes: [
    { id: 'e_shoudao', type: 'startEvent', name: '收到申请', lane: 0, col: 0 },
    user('s01_dengji', '登记申请', 0, 1, 'ysqgk', '申请人提出依申请公开申请'),
    { id: 'g_fen', type: 'parallelGateway', name: '', lane: 0, col: 2 },
    user('s02_chengban', '起草答复', 0, 3, 'ysqgk', '承办科室起草答复'),
    user('s03_shencha', '保密审查', 1, 3, null, '办公室保密审查'),
    { id: 'g_he', type: 'parallelGateway', name: '', lane: 0, col: 4 },
    { id: 'r_huizhi', type: 'serviceTask', name: '生成答复书', lane: 0, col: 5 },
    { id: 'e_dafu', type: 'endEvent', name: '已答复', lane: 0, col: 6 },
  ],
  flows: [
    flow('q_1', 'e_shoudao', 's01_dengji'),
    flow('q_2', 's01_dengji', 'g_fen'),
    flow('q_3', 'g_fen', 's02_chengban'),
    flow('q_4', 'g_fen', 's03_shencha'),
    flow('q_5', 's02_chengban', 'g_he'),
    flow('q_6', 's03_shencha', 'g_he'),
    flow('q_7', 'g_he', 'r_huizhi'),
    flow('q_8', 'r_huizhi', 'e_dafu'),
  ],
};

export const processes = [dae, yinzhang, ysqgk];

/** Procedures that only stand in the catalogue. */
export const listed = [
  ['办公室', 'bgs-xingwen', '行文工作流程', 'A 公文/督办', []],
  ['办公室', 'bgs-shouwen', '收文工作流程', 'A 公文/督办', ['法定期限']],
  ['政工科', 'zgk-szyd', '“三重一大”事项决策工作流程', 'K 党务/干部人事', ['只有标题']],
  ['政工科', 'zgk-zhicheng', '职称评审工作流程', 'K 党务/干部人事', ['停用']],
  ['综合科', 'zhk-gfxwj', '规范性文件合法性审查工作流程', 'E 法制审查', ['法定期限']],
  ['综合科', 'zhk-fuyi', '行政复议业务工作流程', 'E 法制审查', ['停用', '已由市政府集中行使']],
  ['装备产业科', 'zbk-zngc', '市级智能工厂和数字化车间申报流程', 'G 项目资金申报评审', []],
  ['非公有制经济（中小企业）发展科', 'fgk-zjtx', '“专精特新”中小企业申报工作流程', 'G 项目资金申报评审', []],
];

export const findProcess = (id) => processes.find((candidate) => candidate.id === id) ?? null;

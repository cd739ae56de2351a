const field = (type, key, label, more = {}) => ({ type, key, label, id: `Field_${key}`, ...more });
const schema = (id, components) => ({ id, version: 1, schema: { type: 'default', id, schemaVersion: 19, components } });
const half = (row) => ({ layout: { row, columns: 8 } });
const kinds = [
  { label: '工程类', value: 'gongcheng' },
  { label: '货物类', value: 'huowu' },
  { label: '服务类', value: 'fuwu' },
];

const payment = (extra = {}) => [
  field('textfield', 'shixiang', '支付事项', { validate: { required: true, maxLength: 60 }, ...extra }),
  field('number', 'jine', '金额（元）', { decimalDigits: 2, validate: { required: true, min: 0.01 }, ...half('row_1'), ...extra }),
  field('select', 'leibie', '类别', { values: kinds, validate: { required: true }, ...half('row_1'), ...extra }),
  field('textfield', 'shoukuanfang', '收款单位', { validate: { required: true }, ...half('row_2'), ...extra }),
  field('datetime', 'zhifuRiqi', '拟支付日期', { subtype: 'date', dateLabel: '拟支付日期', ...half('row_2'), ...extra }),
];

export const forms = {
  'dae-shenqing': schema('dae-shenqing', [
    ...payment(),
    field('textarea', 'liyou', '支付理由', { validate: { required: true, minLength: 5 } }),
    {
      type: 'dynamiclist',
      id: 'Field_mingxi',
      path: 'mingxi',
      label: '支付明细',
      defaultRepetitions: 1,
      allowAddRemove: true,
      components: [
        field('textfield', 'mingcheng', '名称', { validate: { required: true }, ...half('row_3') }),
        field('number', 'danjia', '单价（元）', { decimalDigits: 2, validate: { min: 0 }, ...half('row_3') }),
      ],
    },
  ]),
  'dae-shenhe': schema('dae-shenhe', [
    ...payment({ readonly: true }),
    field('radio', 'jielun', '审核结论', {
      values: [
        { label: '同意', value: 'tongyi' },
        { label: '资料不全，退回补充', value: 'buchong' },
      ],
      validate: { required: true },
    }),
    field('checkbox', 'hetong', '已核对合同与发票'),
    field('textarea', 'buchongNeirong', '需补充的资料', {
      conditional: { hide: '=jielun != "buchong"' },
      validate: { required: true },
    }),
  ]),
  'dae-fukuan': schema('dae-fukuan', [
    ...payment({ readonly: true }),
    field('checklist', 'ziliao', '已收齐的资料', {
      values: ['审签发票', '验收报告', '合同'].map((label) => ({ label, value: label })),
      validate: { required: true },
    }),
    field('textfield', 'pingzhengHao', '支付凭证号', { validate: { required: true, pattern: '^[0-9]{6,}$', patternErrorMessage: '凭证号为6位以上数字。' } }),
  ]),
  ysqgk: schema('ysqgk', [
    field('textfield', 'shenqingren', '申请人', { validate: { required: true }, ...half('row_1') }),
    field('datetime', 'shoudaoRiqi', '收到申请日期', { subtype: 'date', dateLabel: '收到申请日期', validate: { required: true }, ...half('row_1') }),
    field('textarea', 'neirong', '申请公开的内容', { validate: { required: true } }),
    field('taglist', 'xingshi', '获取形式', { values: ['纸质', '电子邮件', '当面'].map((label) => ({ label, value: label })) }),
  ]),
};

/** What the forms call each variable. */
export const labels = {};
const collect = (components) => {
  for (const component of components) {
    const name = component.key ?? component.path;
    if (name) labels[name] ??= component.label;
    collect(component.components ?? []);
  }
};
Object.values(forms).forEach((form) => collect(form.schema.components));

/** Sample people. The password of all is `banjie`. */
const person = (username, name, department, roles, more = {}) => ({
  id: username,
  username,
  name,
  department: { id: department, name: department },
  roles,
  administrator: false,
  auditor: false,
  active: true,
  ...more,
});

export const PASSWORD = 'banjie';

export const people = [
  person('wangfang', '王芳', '装备产业科', ['经办人']),
  person('liqiang', '李强', '装备产业科', ['申报科室负责人']),
  person('zhaomin', '赵敏', '办公室', ['办公室财务岗', '经办人']),
  person('sunlei', '孙磊', '办公室', ['办公室负责人']),
  person('zhouning', '周宁', '局领导', ['分管负责人']),
  person('wujian', '吴健', '局领导', ['主要负责人']),
  person('admin', '管理员', '办公室', ['系统管理', '办公室负责人'], { administrator: true, auditor: true }),
  person('newcomer', '陈新', '综合科', ['经办人'], { mustChangePassword: true }),
];

export const findPerson = (username) => people.find((candidate) => candidate.username === username) ?? null;

export const named = (who) => (who ? { id: who.id, name: who.name } : null);

import { describe, expect, it } from 'vitest';
import type { Role } from '../src/api/people';
import { csvAddress } from '../src/format/templates';
import { changeWords } from '../src/pages/admin/accounts/importWords';
import { exclusiveProblem, madePassword, roleGroups, roleWords } from '../src/pages/admin/accounts/roles';

const NAMES = new Map([['bgs', '办公室']]);
const role = (name: string, department: string | null = null, label = name): Role => ({ name, label, department, holders: [] });

describe('roles', () => {
  it('two of the three administrators exclude each other, one of them and others do not', () => {
    expect(exclusiveProblem(['安全管理员', '文书', '系统管理员'])).toContain('系统管理员、安全管理员不能由同一人担任');
    expect(exclusiveProblem(['审计管理员', '文书'])).toBe('');
  });

  it('stand under the whole bureau first, then under their departments', () => {
    const roles = [role('经办人@bgs', 'bgs'), role('文书'), role('安全管理员', null, '安全管理员：权限')];
    const groups = roleGroups(roles, NAMES, true);
    expect(groups.map((group) => group.name)).toEqual(['全局', '办公室']);
    expect(groups[0]?.items.map(({ name, note }) => [name, note])).toEqual([
      ['文书', ''],
      ['安全管理员', '权限'],
    ]);
    expect(groups[1]?.items[0]).toMatchObject({ id: '经办人@bgs', name: '经办人' });
  });

  it('of the three administrators are offered only to whoever decides on rights', () => {
    const groups = roleGroups([role('文书'), role('审计管理员')], NAMES, false);
    expect(groups.flatMap((group) => group.items.map(({ id }) => id))).toEqual(['文书']);
  });

  it('of another department than one’s own name it', () => {
    expect(roleWords('经办人@bgs', 'bgs', NAMES)).toBe('经办人');
    expect(roleWords('经办人@bgs', 'kjk', NAMES)).toBe('经办人（办公室）');
    expect(roleWords('文书', null, NAMES)).toBe('文书');
  });
});

describe('a made-up password', () => {
  it('has every kind of character wherever the dice fall, and none that look alike', () => {
    for (const share of [0, 0.3, 0.7, 0.999]) {
      const password = madePassword((most) => Math.floor(share * most));
      expect(password).toHaveLength(14);
      for (const kind of [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/]) expect(password).toMatch(kind);
      expect(password).not.toMatch(/[0O1lI]/);
    }
  });
});

describe('a change from a spreadsheet', () => {
  it('is told in the columns’ own words', () => {
    const changes = { name: '甲', department_id: 'bgs', email: null, kind: 'outside', active: false, roles: ['文书', '出纳'] };
    expect(changeWords({ department_id: 'bgs' }, NAMES)).toBe('机构：办公室');
    expect(changeWords(changes)).toBe('名称：甲；机构：bgs；邮箱：（空）；类型：外部；在用：否；角色：文书、出纳');
  });
});

describe('a table to be filled in', () => {
  it('opens with its Chinese intact, cells with commas and quotes whole', () => {
    const address = csvAddress(['姓名', '角色'], ['张"三"', '甲,乙']);
    const text = decodeURIComponent(address.slice(address.indexOf(',') + 1));
    expect(text).toBe('\uFEFF姓名,角色\r\n"张""三""","甲,乙"\r\n');
  });
});

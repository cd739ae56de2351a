import { describe, expect, it } from 'vitest';
import type { Setting } from '../src/api/operations';
import type { Substitution } from '../src/api/own';
import { localMoment, zonedMoment } from '../src/format/moments';
import type { Procedure } from '../src/api/types';
import { enterable, entryProblems, readMore, type Entry } from '../src/pages/admin/entry/entry';
import { readHeaders } from '../src/pages/admin/system/headers';
import { readValue, settingGroups, valueWords } from '../src/pages/admin/system/settingGroups';
import { placeOf } from '../src/pages/notices/words';
import { qrPicture } from '../src/pages/settings/qr';
import { inOrder, scopeOf, stateOf } from '../src/pages/settings/substitution';

const NOW = Date.parse('2026-11-23T01:00:00Z');

function substitution(key: string, startsAt: string, more: Partial<Substitution> = {}): Substitution {
  const named = { id: 'x', name: '某' };
  const endsAt = '2026-12-31T00:00:00Z';
  const given = { procedures: null, reason: '出差', withdrawnAt: null, inForce: false };
  return { key, principal: named, substitute: named, startsAt, endsAt, ...given, ...more };
}

describe('substitutions', () => {
  const inForce = substitution('force', '2026-11-01T00:00:00Z', { inForce: true });
  const soon = substitution('soon', '2026-11-24T00:00:00Z');
  const later = substitution('later', '2026-12-24T00:00:00Z');
  const over = substitution('over', '2026-01-01T00:00:00Z');
  const withdrawn = substitution('withdrawn', '2026-02-01T00:00:00Z', { withdrawnAt: '2026-02-02T00:00:00Z' });

  it('say how they stand', () => {
    expect([inForce, soon, over, withdrawn].map((item) => stateOf(item, NOW))).toEqual([
      'in-force',
      'to-come',
      'over',
      'withdrawn',
    ]);
  });

  it('come with those that count first', () => {
    const keys = inOrder([over, later, withdrawn, soon, inForce], NOW).map(({ key }) => key);
    expect(keys).toEqual(['force', 'soon', 'later', 'withdrawn', 'over']);
  });

  it('name their procedures, or all', () => {
    expect(scopeOf(inForce, new Map())).toBe('全部流程');
    expect(scopeOf({ ...inForce, procedures: ['a', 'b'] }, new Map([['a', '收文']]))).toBe('收文、b');
  });
});

describe('moments', () => {
  it('are the bureau’s own, whatever the desktop’s zone', () => {
    expect(localMoment(NOW)).toBe('2026-11-23T09:00');
    expect(zonedMoment('2026-11-23T09:00')).toBe('2026-11-23T09:00:00+08:00');
    expect(zonedMoment('')).toBe('');
  });
});

describe('a notice', () => {
  const told = { key: '1', text: '', createdAt: '', readAt: null, processInstanceKey: '7', userTaskKey: null };
  it('leads to the task, else to the case, else to who looks after such things', () => {
    expect(placeOf({ ...told, kind: 'urged', userTaskKey: '9' })).toEqual(['todo', '9']);
    expect(placeOf({ ...told, kind: 'copied' })).toEqual(['cases', '7']);
    expect(placeOf({ ...told, kind: 'incident' })).toEqual(['admin', 'incidents']);
    expect(placeOf({ ...told, kind: 'anything', processInstanceKey: null })).toBeNull();
  });
});

describe('settings', () => {
  const whole: Setting = { name: 'password.history', label: '', value: 5, default: 5, choices: [], secret: false };
  const flag: Setting = { ...whole, name: 'notices.email.enabled', value: true, default: false };
  const secret: Setting = { ...whole, name: 'notices.email.password', value: '******', default: '', secret: true };
  const unheard: Setting = { ...whole, name: 'unheard.of', default: 'x', value: 'x' };

  it('stand under what they are about, the unheard of too', () => {
    expect(settingGroups([whole, flag, secret, unheard]).map(({ words, items }) => [words, items.length])).toEqual([
      ['密码', 1],
      ['电子邮件', 2],
      ['其他', 1],
    ]);
  });

  it('are sent as the kind of value they are', () => {
    expect(readValue(whole, ' 12 ')).toEqual({ value: 12 });
    expect(readValue(whole, '1.5')).toHaveProperty('problem');
    expect(readValue(flag, 'false')).toEqual({ value: false });
    expect(readValue(unheard, '')).toEqual({ value: '' });
  });

  it('never show a secret', () => {
    expect(valueWords(secret, '******')).toBe('已设置');
    expect(valueWords(secret, '')).toBe('未设置');
    expect(valueWords(flag, true)).toBe('是');
  });
});

describe('request headers', () => {
  it('are read line by line, values with colons too', () => {
    expect(readHeaders('X-Key: a:b\n\nAccept:json')).toEqual({ headers: { 'X-Key': 'a:b', Accept: 'json' } });
    expect(readHeaders('')).toEqual({ headers: {} });
    expect(readHeaders('X Key: a')).toHaveProperty('problem');
  });
});

describe('a case from paper', () => {
  const entry: Entry = {
    elements: ['s1'],
    initiator: 'li',
    beganOn: '2026-11-20',
    title: '',
    caseNumber: '',
    reason: '按卷宗',
    more: '{"a": 1}',
    clocks: { t: { startedOn: '2026-11-20', evidence: '回执' } },
  };

  it('is fine with everything said', () => {
    expect(entryProblems(entry, '2026-11-23')).toEqual({});
  });

  it('is told field by field what is missing, clocks included', () => {
    const wrong = { ...entry, elements: [], beganOn: '2026-11-24', more: '[1]', clocks: { t: { startedOn: '', evidence: ' ' } } };
    expect(Object.keys(entryProblems(wrong, '2026-11-23'))).toEqual(['elements', 'beganOn', 'more', 't startedOn', 't evidence']);
  });

  it('takes further data as an object or none at all', () => {
    expect(readMore(' ')).toEqual({ variables: {} });
    expect(readMore('{"a": [1]}')).toEqual({ variables: { a: [1] } });
    expect(readMore('null')).toHaveProperty('problem');
  });
});

describe('a QR code', () => {
  const { size, path } = qrPicture('otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&issuer=x');

  it('has a size of its version with the border that readers need', () => {
    expect((size - 8 - 17) % 4).toBe(0);
  });

  it('has the finder pattern’s edge at its corner, and nothing in the border', () => {
    expect(path.startsWith('M4 4h7v1h-7z')).toBe(true);
    for (const [, column, row, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
      expect(Number(column)).toBeGreaterThanOrEqual(4);
      expect(Number(row)).toBeLessThan(size - 4);
      expect(Number(column) + Number(length)).toBeLessThanOrEqual(size - 4);
    }
  });
});

describe('procedures of which a case on paper can be', () => {
  const procedure = (id: string, startable: boolean, badges: string[]) =>
    ({ id, name: id, startable, badges }) as unknown as Procedure;

  it('are those that people start and those that were stopped, not the parts of others', () => {
    const procedures = [procedure('a', true, []), procedure('b', false, ['公用']), procedure('c', false, ['停用'])];
    expect(enterable([{ id: 'bgs', name: '办公室', procedures }]).map((each) => each.value)).toEqual(['a', 'c']);
  });
});

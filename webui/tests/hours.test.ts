import { describe, expect, it } from 'vitest';
import { in24Hours } from '../src/forms/hours';

describe('times in forms', () => {
  it('are counted to 24, in groups and rows too', () => {
    const time = { type: 'datetime', subtype: 'time', key: 'at' };
    const schema = {
      type: 'default',
      components: [time, { type: 'dynamiclist', path: 'rows', components: [time] }, { type: 'textfield', key: 'name' }],
    };
    expect(in24Hours(schema)).toEqual({
      type: 'default',
      components: [
        { ...time, use24h: true },
        { type: 'dynamiclist', path: 'rows', components: [{ ...time, use24h: true }] },
        { type: 'textfield', key: 'name' },
      ],
    });
    expect(time).not.toHaveProperty('use24h');
  });
});

import { describe, expect, it } from 'vitest';
import type { FormSchema, Variables } from '../src/api/types';
import { openedWith, outputsOf } from '../src/forms/outputs';

const schema: FormSchema = {
  type: 'default',
  components: [
    { type: 'textfield', key: 'title' },
    { type: 'textfield', key: 'shown', readonly: true },
    { type: 'number', key: 'amount' },
    { type: 'checkbox', key: 'agreed' },
    { type: 'textfield', key: 'person.phone' },
    { type: 'group', components: [{ type: 'textfield', key: 'inside' }] },
    { type: 'group', path: 'place', components: [{ type: 'textfield', key: 'street' }] },
    {
      type: 'dynamiclist',
      path: 'rows',
      components: [
        { type: 'textfield', key: 'name', readonly: true },
        { type: 'number', key: 'price' },
      ],
    },
  ],
};

const outputs = (submitted: Variables, given: Variables = {}) => outputsOf(schema, submitted, given);

describe('what a form sends', () => {
  it('is what people wrote', () => {
    const written = { title: '甲', amount: 0, agreed: false, person: { phone: '1' }, inside: '乙' };
    expect(outputs(written)).toEqual(written);
  });

  it('leaves out fields that are only shown', () => {
    expect(outputs({ shown: '只读', title: '甲' }, { shown: '只读' })).toEqual({ title: '甲' });
  });

  it('leaves out what nobody touched, wherever it stands', () => {
    const untouched = { title: '', amount: null, person: { phone: '' }, inside: '', place: { street: '' } };
    expect(outputs(untouched)).toEqual({});
  });

  it('sends the emptying of what was there', () => {
    expect(outputs({ title: '', amount: null }, { title: '甲', amount: 1 })).toEqual({ title: '', amount: null });
  });

  it('sends rows as a whole, with what they show and without what is empty', () => {
    expect(outputs({ rows: [{ name: '甲', price: null }, { name: '', price: 2 }] })).toEqual({
      rows: [{ name: '甲' }, { price: 2 }],
    });
  });

  it('leaves the submitted values as they were', () => {
    const submitted = { title: '' };
    outputs(submitted);
    expect(submitted).toEqual({ title: '' });
  });
});

describe('what a form opens with', () => {
  it('shows what is only to be read as it is now, not as it was when the draft was saved', () => {
    const opened = openedWith(schema, { shown: '第二稿', title: '甲' }, { shown: '第一稿', title: '乙' });
    expect(opened).toEqual({ shown: '第二稿', title: '乙' });
  });

  it('keeps what a draft says inside of objects beside what stands there now', () => {
    const given = { person: { name: '李', phone: '1' }, rows: [{ name: '甲', price: 1 }] };
    const opened = openedWith(schema, given, { person: { phone: '2' }, rows: [] });
    expect(opened).toEqual({ person: { name: '李', phone: '2' }, rows: [] });
  });

  it('is what was given where there is no draft', () => {
    const given = { title: '甲' };
    expect(openedWith(schema, given, null)).toBe(given);
  });
});

import { describe, expect, it } from 'vitest';
import source from '../node_modules/@bpmn-io/form-js-viewer/dist/index.es.js?raw';
import { normalisePath, placeErrors } from '../src/forms/paths';
import { translate, translations } from '../src/forms/translations';

describe("the server's messages at the fields", () => {
  const instances = [
    { id: 'Field_a', valuePath: ['shixiang'] },
    { id: 'Field_d', valuePath: ['mingxi', 0, 'danjia'], indexes: { Field_mingxi: 0 } },
    { id: 'Field_d', valuePath: ['mingxi', 1, 'danjia'], indexes: { Field_mingxi: 1 } },
  ];

  it('go to the field with that path, in whichever spelling', () => {
    for (const path of ['mingxi[1].danjia', 'mingxi.1.danjia', '/mingxi/1/danjia']) {
      expect(normalisePath(path)).toBe('mingxi.1.danjia');
      const placed = placeErrors({ [path]: ['太大'] }, instances);
      expect(placed.tree).toEqual({ Field_d: { 1: ['太大'] } });
      expect(placed.first).toBe(instances[2]);
    }
  });

  it('stand side by side in a list', () => {
    const placed = placeErrors({ 'mingxi.0.danjia': ['甲'], 'mingxi.1.danjia': ['乙'] }, instances);
    expect(placed.tree).toEqual({ Field_d: { 0: ['甲'], 1: ['乙'] } });
  });

  it('are given back when no visible field has the path', () => {
    const placed = placeErrors({ shixiang: ['必填'], yincang: ['隐藏'] }, instances);
    expect(placed.tree).toEqual({ Field_a: ['必填'] });
    expect(placed.rest).toEqual({ yincang: ['隐藏'] });
  });
});

describe("the form viewer's texts", () => {
  const templates = [...source.matchAll(/translate\((?:'([^']*)'|"([^"]*)")/g)]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((template) => !template.startsWith('HELLO'));

  it('are all translated', () => {
    expect(templates.length).toBeGreaterThan(30);
    for (const template of templates) expect(translations, template).toHaveProperty([template]);
  });

  it('keep every placeholder', () => {
    const places = (text: string) => (text.match(/{[^}]+}/g) ?? []).sort();
    for (const [template, chinese] of Object.entries(translations)) expect(places(chinese)).toEqual(places(template));
  });

  it('are filled in', () => {
    expect(translate('Field must have minimum value of {value}.', { value: '0' })).toBe('不能小于 0。');
  });
});

import { expect, test } from 'vitest';
import type { Procedure } from '../src/api/types';
import { searchCatalogue } from '../src/pages/start/catalogueSearch';

function procedure(id: string, name: string, kind: string): Procedure {
  return {
    id,
    name,
    kind,
    department: null,
    family: null,
    badges: [],
    startable: true,
    version: 1,
    definitionKey: null,
    documentation: null,
  };
}

const departments = [
  { id: 'bgs', name: '办公室', procedures: [procedure('bgs-dae', '大额资金审批', '清单事项'), procedure('gx-a', '公示', '公用环节')] },
  { id: 'zgk', name: '政工科', procedures: [procedure('gx-b', '归档', '公用环节')] },
];

test('parts that only procedures call are not offered, nor departments that have nothing else', () => {
  const found = searchCatalogue(departments, '');
  expect(found.map((each) => each.procedures.map((one) => one.id))).toEqual([['bgs-dae']]);
});

test('every word of the search must be there', () => {
  expect(searchCatalogue(departments, '办公室 大额')).toHaveLength(1);
  expect(searchCatalogue(departments, '办公室 报销')).toHaveLength(0);
});

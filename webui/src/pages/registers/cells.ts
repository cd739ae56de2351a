import type { ColumnType, RegisterColumn } from '../../api/registers';
import type { Json } from '../../api/types';
import { formatMoment } from '../../format/dates';
import { showValue } from '../../format/text';

/** Columns that are filtered by a range, not by what they contain. */
const RANGES: readonly ColumnType[] = ['date', 'moment', 'number', 'money'];

export const isRange = (column: RegisterColumn): boolean => RANGES.includes(column.type);

/** Numbers stand at the right. */
export const isNumeric = (column: RegisterColumn): boolean => column.type === 'number' || column.type === 'money';

/** `1,234.50` of a number or of its text; what is none stays as it is. */
function moneyWords(value: Json): string {
  const amount = typeof value === 'number' ? value : Number(value);
  if (!Number.isFinite(amount)) return showValue(value);
  const [whole = '', cents = ''] = Math.abs(amount).toFixed(2).split('.');
  return `${amount < 0 ? '-' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

/** A cell as people read it. */
export function cellWords(value: Json | undefined, type: ColumnType): string {
  if (value === null || value === undefined || value === '') return '—';
  if (type === 'moment' && typeof value === 'string') return formatMoment(value);
  if (type === 'money') return moneyWords(value);
  if (type === 'flag') return value === true ? '是' : '否';
  return showValue(value);
}

/** The two ends of `from..to`. */
export function rangeOf(filter: string | undefined): [from: string, to: string] {
  const [from = '', to = ''] = (filter ?? '').split('..');
  return [from, to];
}

/** `from..to`, nothing where neither end is said. */
export const rangeFilter = (from: string, to: string): string => (from || to ? `${from}..${to}` : '');

/** The next order when a head is pressed: ascending, then descending. */
export const nextSort = (sort: string, column: string): string => (sort === column ? `-${column}` : column);

/** How a column is ordered, in the words of `aria-sort`. */
export function sortedAs(sort: string, column: string): 'ascending' | 'descending' | 'none' {
  if (sort === column) return 'ascending';
  return sort === `-${column}` ? 'descending' : 'none';
}

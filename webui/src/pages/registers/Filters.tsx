import type { RegisterColumn } from '../../api/registers';
import { isRange, rangeFilter, rangeOf } from './cells';

interface FilterProps {
  column: RegisterColumn;
  value: string;
  onChange: (value: string) => void;
}

function RangeFilter({ column, value, onChange }: FilterProps) {
  const [from, to] = rangeOf(value);
  const type = column.type === 'date' || column.type === 'moment' ? 'date' : 'number';
  return (
    <div class="register-range">
      <input
        type={type}
        class="input"
        aria-label={`${column.label}，从`}
        value={from}
        onChange={(event) => onChange(rangeFilter(event.currentTarget.value, to))}
      />
      <span aria-hidden="true">至</span>
      <input
        type={type}
        class="input"
        aria-label={`${column.label}，至`}
        value={to}
        onChange={(event) => onChange(rangeFilter(from, event.currentTarget.value))}
      />
    </div>
  );
}

function ColumnFilter(props: FilterProps) {
  const { column, value, onChange } = props;
  if (isRange(column)) return <RangeFilter {...props} />;
  return (
    <input
      type="text"
      class="input"
      aria-label={column.label}
      placeholder="包含"
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.trim())}
    />
  );
}

interface FiltersProps {
  columns: readonly RegisterColumn[];
  filters: Record<string, string>;
  onChange: (filters: Record<string, string>) => void;
}

/** One filter a column: what a cell contains, or from when to when. Taken on Enter and when a field is left. */
export function Filters({ columns, filters, onChange }: FiltersProps) {
  const change = (id: string, value: string) => {
    const { [id]: _before, ...others } = filters;
    onChange(value ? { ...others, [id]: value } : others);
  };
  return (
    <section class="register-filters" aria-label="筛选条件">
      {columns
        .filter((column) => column.type !== 'flag')
        .map((column) => (
          <div key={column.id} class="register-filter">
            <span class="muted">{column.label}</span>
            <ColumnFilter
              column={column}
              value={filters[column.id] ?? ''}
              onChange={(value) => change(column.id, value)}
            />
          </div>
        ))}
    </section>
  );
}

import type { ComponentChildren } from 'preact';
import type { CalendarCell, CalendarMonth } from './calendarDays';

interface YearGridProps {
  months: readonly CalendarMonth[];
  cell: (cell: CalendarCell) => ComponentChildren;
}

function weeksOf(month: CalendarMonth): Array<Array<CalendarCell | null>> {
  const all: Array<CalendarCell | null> = [...Array<null>(month.offset).fill(null), ...month.cells];
  const weeks: Array<Array<CalendarCell | null>> = [];
  for (let start = 0; start < all.length; start += 7) weeks.push(all.slice(start, start + 7));
  return weeks;
}

function Month({ month, cell }: { month: CalendarMonth; cell: YearGridProps['cell'] }) {
  return (
    <table class="month">
      <caption>
        {month.month} 月 <span class="muted">工作日 {month.workingDays} 天</span>
      </caption>
      <thead>
        <tr>
          {['一', '二', '三', '四', '五', '六', '日'].map((weekday) => (
            <th key={weekday}>{weekday}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week, position) => (
          <tr key={position}>{week.map((day, column) => (day ? cell(day) : <td key={column} />))}</tr>
        ))}
      </tbody>
    </table>
  );
}

/** The twelve months of a year; each day is drawn by `cell`. */
export function YearGrid({ months, cell }: YearGridProps) {
  return (
    <div class="months">
      {months.map((month) => (
        <Month key={month.month} month={month} cell={cell} />
      ))}
    </div>
  );
}

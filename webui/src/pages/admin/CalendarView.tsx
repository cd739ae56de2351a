import { useState } from 'preact/hooks';
import { admin } from '../../api/endpoints';
import type { CalendarYear } from '../../api/types';
import { Loaded } from '../../components/Loaded';
import { currentYear } from '../../format/dates';
import { useLoading } from '../../state/loading';
import { KIND_MARKS, monthsOf, type CalendarCell, type CalendarMonth } from './calendarDays';

const STATUS_WORDS: Record<CalendarYear['status'], string> = {
  official: '官方：按国务院办公厅通知',
  provisional: '暂算：尚无官方放假安排，按周末和固定节日推算',
  missing: '缺：没有此年日历，按周末推算',
};

const KIND_WORDS: Record<CalendarCell['kind'], string> = {
  working: '工作日',
  off: '休息日',
  holiday: '节假日',
  shifted: '调休上班',
};

function Cell({ cell }: { cell: CalendarCell }) {
  const words = [cell.date, cell.name, KIND_WORDS[cell.kind], cell.provisional ? '暂算' : ''].filter(Boolean).join(' ');
  return (
    <td class={`day day-${cell.kind}${cell.provisional ? ' day-provisional' : ''}`} title={words} aria-label={words}>
      <span>{cell.day}</span>
      <small>{KIND_MARKS[cell.kind]}</small>
    </td>
  );
}

function weeksOf(month: CalendarMonth): Array<Array<CalendarCell | null>> {
  const all: Array<CalendarCell | null> = [...Array<null>(month.offset).fill(null), ...month.cells];
  const weeks: Array<Array<CalendarCell | null>> = [];
  for (let start = 0; start < all.length; start += 7) weeks.push(all.slice(start, start + 7));
  return weeks;
}

function Month({ month }: { month: CalendarMonth }) {
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
          <tr key={position}>
            {week.map((cell, column) => (cell ? <Cell key={cell.date} cell={cell} /> : <td key={column} />))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Year({ calendar }: { calendar: CalendarYear }) {
  const months = monthsOf(calendar);
  const total = months.reduce((sum, month) => sum + month.workingDays, 0);
  return (
    <>
      <p class={calendar.status === 'official' ? 'muted' : 'banner'}>
        {STATUS_WORDS[calendar.status]}
        {calendar.source ? `（${calendar.source}）` : ''}，全年工作日 {total} 天。
        {calendar.version ? <span class="muted"> 版本 {calendar.version.slice(0, 12)}</span> : null}
      </p>
      <p class="calendar-legend muted">
        <span class="day day-holiday">休</span> 节假日
        <span class="day day-shifted">班</span> 调休上班
        <span class="day day-off">　</span> 周末
        {calendar.status !== 'official' && <span class="day day-provisional">　</span>}
        {calendar.status !== 'official' && '虚线：暂算'}
      </p>
      <div class="months">
        {months.map((month) => (
          <Month key={month.month} month={month} />
        ))}
      </div>
    </>
  );
}

/** The working-day calendar of a year. */
export function CalendarView() {
  const [year, setYear] = useState(currentYear(Date.now()));
  const loading = useLoading(() => admin.calendar(year), [year]);
  return (
    <>
      <div class="page-head">
        <h1>工作日历</h1>
        <div class="year-choice" role="group" aria-label="年份">
          <button type="button" class="button" aria-label="上一年" onClick={() => setYear(year - 1)}>
            ◀
          </button>
          <b role="status">{year} 年</b>
          <button type="button" class="button" aria-label="下一年" onClick={() => setYear(year + 1)}>
            ▶
          </button>
        </div>
      </div>
      <Loaded of={loading}>{(calendar) => <Year calendar={calendar} />}</Loaded>
    </>
  );
}

import { useState } from 'preact/hooks';
import { admin } from '../../../api/endpoints';
import type { CalendarYear } from '../../../api/types';
import { Loaded } from '../../../components/Loaded';
import { currentYear } from '../../../format/dates';
import { useLoading } from '../../../state/loading';
import { linkTo } from '../../../state/route';
import { dayWords, KIND_MARKS, monthsOf, type CalendarCell } from './calendarDays';
import { YearChoice } from './YearChoice';
import { YearGrid } from './YearGrid';

const STATUS_WORDS: Record<CalendarYear['status'], string> = {
  official: '官方：按国务院办公厅通知',
  provisional: '暂算：尚无官方放假安排，按周末和固定节日推算',
  missing: '缺：没有此年日历，按周末推算',
};

function Cell({ cell }: { cell: CalendarCell }) {
  const words = dayWords(cell);
  return (
    <td class={`day day-${cell.kind}${cell.provisional ? ' day-provisional' : ''}`} title={words} aria-label={words}>
      <span>{cell.day}</span>
      <small>{KIND_MARKS[cell.kind]}</small>
    </td>
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
      <YearGrid months={months} cell={(cell) => <Cell key={cell.date} cell={cell} />} />
    </>
  );
}

/** The working-day calendar of a year, as it is in force. */
export function CalendarView() {
  const [year, setYear] = useState(currentYear(Date.now()));
  const loading = useLoading(() => admin.calendar(year), [year]);
  return (
    <>
      <div class="page-head">
        <h1>工作日历</h1>
        <div class="filters">
          <YearChoice year={year} onChange={setYear} />
          <a class="button button-primary" href={linkTo('admin', 'proposals', 'new', String(year))}>
            提出更改
          </a>
        </div>
      </div>
      <Loaded of={loading}>{(calendar) => <Year calendar={calendar} />}</Loaded>
    </>
  );
}

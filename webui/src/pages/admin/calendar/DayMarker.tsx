import { useState } from 'preact/hooks';
import type { CalendarYear } from '../../../api/types';
import { dayWords, KIND_MARKS, monthsOf, type CalendarCell } from './calendarDays';
import { cycled, daysOf, markedYear, toggled, type Marks } from './marking';
import { YearGrid } from './YearGrid';

const FESTIVALS = ['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节'];

interface DayMarkerProps {
  calendar: CalendarYear;
  /** Whole: a notice's days, festival by festival. Else single days, each with its reason. */
  whole: boolean;
  marks: Marks;
  onChange: (marks: Marks) => void;
}

function MarkableDay({ cell, marks, onClick }: { cell: CalendarCell; marks: Marks; onClick: () => void }) {
  const mark = marks[cell.date];
  const words = mark ? `${cell.date} 改为${mark.off ? '休息' : '上班'}（${mark.name}）` : dayWords(cell);
  return (
    <td class={`day day-${mark ? (mark.off ? 'holiday' : 'shifted') : cell.kind}${mark ? ' day-marked' : ''}`}>
      <button type="button" class="day-button" aria-label={words} title={words} aria-pressed={Boolean(mark)} onClick={onClick}>
        {cell.day}
        <small>{mark ? (mark.off ? '休' : '班') : KIND_MARKS[cell.kind]}</small>
      </button>
    </td>
  );
}

function MarkedList({ marks, named, onChange }: { marks: Marks; named: boolean; onChange: (marks: Marks) => void }) {
  const days = daysOf(marks);
  if (!days.length) return <p class="muted">还没有标注。点击年历中的日子。</p>;
  return (
    <ul class="marked-days" aria-label="标注的日子">
      {days.map(({ date, off, name }) => {
        const { [date]: mark, ...others } = marks;
        return (
          <li key={date}>
            <span class="nowrap">{date}</span>
            <span class={off ? 'tag tag-danger' : 'tag tag-accent'}>{off ? '休' : '班'}</span>
            {named ? (
              <span>{name}</span>
            ) : (
              <input
                class="input"
                aria-label={`${date} 的事由`}
                maxLength={100}
                value={name}
                onInput={(event) => mark && onChange({ ...marks, [date]: { ...mark, name: event.currentTarget.value } })}
              />
            )}
            <button type="button" class="link" aria-label={`取消 ${date} 的标注`} onClick={() => onChange(others)}>
              取消
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Days are marked by clicking them in the year. */
export function DayMarker({ calendar, whole, marks, onChange }: DayMarkerProps) {
  const [festival, setFestival] = useState(FESTIVALS[0] ?? '');
  const click = (date: string) => onChange(whole ? cycled(marks, date, festival) : toggled(marks, calendar, date));
  return (
    <>
      {whole && (
        <div class="filters festivals" role="group" aria-label="正在标注的节日">
          {FESTIVALS.map((name) => (
            <button
              key={name}
              type="button"
              class={name === festival ? 'button button-small button-primary' : 'button button-small'}
              aria-pressed={name === festival}
              onClick={() => setFestival(name)}
            >
              {name}
            </button>
          ))}
          <span class="muted">点一下为休，再点为班，再点取消。</span>
        </div>
      )}
      <MarkedList marks={marks} named={whole} onChange={onChange} />
      <YearGrid
        months={monthsOf(markedYear(calendar, marks, whole))}
        cell={(cell) => <MarkableDay key={cell.date} cell={cell} marks={marks} onClick={() => click(cell.date)} />}
      />
    </>
  );
}

import { useState } from 'preact/hooks';
import { calendars, type NewProposal } from '../../../api/calendars';
import { admin } from '../../../api/endpoints';
import type { CalendarYear } from '../../../api/types';
import { Choices, required, TextField } from '../../../components/dialogs/fields';
import { useAct } from '../../../components/dialogs/useAct';
import { FileField } from '../../../components/fields/FileField';
import { Loaded } from '../../../components/Loaded';
import { useLoading } from '../../../state/loading';
import { showDone } from '../../../state/notices';
import { linkTo, navigate } from '../../../state/route';
import { DayMarker } from './DayMarker';
import { daysOf, noticeOf, summaryOf, type Marks, type NoticeSummary } from './marking';
import { YearChoice } from './YearChoice';

type Way = 'file' | 'notice' | 'days';

interface Chosen {
  text: string;
  summary: NoticeSummary;
}

function Summary({ chosen }: { chosen: Chosen }) {
  const { year, off, working, papers } = chosen.summary;
  return (
    <p class="panel" role="status">
      {year} 年：放假 {off} 天，调休上班 {working} 天。{papers.length > 0 && <>来源：{papers.join('、')}</>}
    </p>
  );
}

function bodyOf(way: Way, year: number, source: string, chosen: Chosen | null, marks: Marks): NewProposal {
  if (way === 'days') return { year, source, days: daysOf(marks) };
  if (way === 'notice') return { year, source, holidayJson: JSON.stringify(noticeOf(year, source, marks)) };
  return { year: chosen?.summary.year ?? year, source, holidayJson: chosen?.text ?? '' };
}

function Form({ calendar }: { calendar: CalendarYear }) {
  const [way, setWay] = useState<Way>('file');
  const [source, setSource] = useState('');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [marks, setMarks] = useState<Marks>({});
  const [unreadable, setUnreadable] = useState('');
  const act = useAct(['source', 'holidayJson', 'days']);
  const { fields, rest } = act.problems;
  const choose = async (file: File | null) => {
    setChosen(null);
    setUnreadable('');
    if (!file) return;
    const text = await file.text();
    const summary = summaryOf(text);
    if ('problem' in summary) setUnreadable(summary.problem);
    else setChosen({ text, summary });
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    const unnamed = daysOf(marks).some((day) => !day.name.trim());
    const wrong = {
      holidayJson: way !== 'file' || chosen ? '' : unreadable || '请选择文件。',
      days: way === 'file' ? '' : unnamed ? '请写明每一天的事由。' : Object.keys(marks).length ? '' : '请至少标注一天。',
      source: way === 'file' ? '' : required(source, '请写明通知名称、文号或事由。'),
    };
    const body = bodyOf(way, calendar.year, source.trim(), chosen, marks);
    if (!(await act.run((key) => calendars.propose(body, key), wrong))) return;
    showDone('已提出，须由另一位系统管理员确认后生效。');
    navigate(['admin', 'proposals']);
  };
  return (
    <form class="sheet form-stack" noValidate onSubmit={(event) => void submit(event)}>
      <Choices
        label="更改什么"
        value={way}
        onChange={(next) => {
          setWay(next);
          setMarks({});
        }}
        choices={[
          { value: 'file', label: '全年放假安排：上传文件', note: '国务院办公厅通知的机器可读文件（holiday-cn 格式 JSON）。' },
          { value: 'notice', label: '全年放假安排：按通知在年历上标注', note: '没有文件时，照通知逐个节日标注休和班。' },
          { value: 'days', label: '个别日子', note: '停止办公、照常办公等临时调整，其余日子不变。' },
        ]}
      />
      {way === 'file' && (
        <FileField
          label="放假安排文件"
          accept=".json,application/json"
          problem={unreadable || fields['holidayJson']}
          onChange={(file) => void choose(file)}
        />
      )}
      {way === 'file' && chosen && <Summary chosen={chosen} />}
      <TextField
        label="来源"
        optional={way === 'file'}
        maxLength={300}
        placeholder="如：国办发明电〔2026〕7号"
        hint={way === 'file' ? '不填写时用文件中的来源。' : undefined}
        value={source}
        problem={fields['source']}
        onChange={setSource}
      />
      {way !== 'file' && <DayMarker calendar={calendar} whole={way === 'notice'} marks={marks} onChange={setMarks} />}
      <div class="form-foot">
        <button type="submit" class="button button-primary" disabled={act.busy}>
          {act.busy ? '正在提交……' : '提出更改'}
        </button>
        <a class="button" href={linkTo('admin', 'proposals')}>
          取消
        </a>
        <p class="field-error" role="alert">
          {fields['days'] ?? rest}
        </p>
      </div>
    </form>
  );
}

/** A change of the working calendar, to be confirmed by another administrator. */
export function ProposeView({ year }: { year: number }) {
  const loading = useLoading(() => admin.calendar(year), [year]);
  return (
    <>
      <p>
        <a class="link" href={linkTo('admin', 'proposals')}>
          ← 日历提案
        </a>
      </p>
      <div class="page-head">
        <h1>提出日历更改</h1>
        <YearChoice year={year} onChange={(next) => navigate(['admin', 'proposals', 'new', String(next)], true)} />
      </div>
      <Loaded of={loading}>{(calendar) => <Form key={year} calendar={calendar} />}</Loaded>
    </>
  );
}

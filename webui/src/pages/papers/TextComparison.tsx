import { useState } from 'preact/hooks';
import { texts, type CaseText, type ComparedParagraph } from '../../api/texts';
import { Loaded } from '../../components/Loaded';
import { useLoading } from '../../state/loading';

const MARKS: Record<ComparedParagraph['kind'], string> = { same: '', changed: '修改：', added: '新增段：', removed: '删去段：' };

/** A paragraph with what was added and what was taken out; said in words for who does not see the marks. */
function Paragraph({ paragraph }: { paragraph: ComparedParagraph }) {
  return (
    <p class={`compared-${paragraph.kind}`}>
      {MARKS[paragraph.kind] && <span class="muted">{MARKS[paragraph.kind]}</span>}
      {paragraph.pieces.map((piece, position) =>
        piece.kind === 'added' ? (
          <ins key={position}>{piece.text}</ins>
        ) : piece.kind === 'removed' ? (
          <del key={position}>{piece.text}</del>
        ) : (
          <span key={position}>{piece.text}</span>
        ),
      )}
    </p>
  );
}

interface VersionChoiceProps {
  label: string;
  text: CaseText;
  value: number;
  onChange: (version: number) => void;
}

function VersionChoice({ label, text, value, onChange }: VersionChoiceProps) {
  return (
    <select class="input select" aria-label={label} value={value} onChange={(event) => onChange(Number(event.currentTarget.value))}>
      {text.versions.map(({ version, by }) => (
        <option key={version} value={version}>
          第 {version} 稿 {by?.name ?? ''}
        </option>
      ))}
    </select>
  );
}

/** 比对: what changed between two versions, paragraph by paragraph; the newest two at first. */
export function TextComparison({ text }: { text: CaseText }) {
  const [newest, before] = text.versions;
  const [from, setFrom] = useState(before?.version ?? 1);
  const [to, setTo] = useState(newest?.version ?? 1);
  const loading = useLoading(
    () => texts.compare(text.processInstanceKey, text.name, from, to),
    [text.processInstanceKey, text.name, from, to],
  );
  return (
    <>
      <div class="filters text-tools">
        <VersionChoice label="比对：旧稿" text={text} value={from} onChange={setFrom} />
        <VersionChoice label="比对：新稿" text={text} value={to} onChange={setTo} />
      </div>
      <Loaded of={loading}>
        {({ items }) => (
          <div class="text-shown compared" role="region" aria-label="比对结果" tabIndex={0}>
            {items.every(({ kind }) => kind === 'same') && <p class="muted">两稿没有差别。</p>}
            {items.map((paragraph, position) => (
              <Paragraph key={position} paragraph={paragraph} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  );
}

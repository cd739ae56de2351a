import './papers.css';
import { useState } from 'preact/hooks';
import { documents } from '../../api/documents';
import { texts, type CaseText, type TextVersion } from '../../api/texts';
import { Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { useLoading } from '../../state/loading';
import { TextComparison } from './TextComparison';

interface VersionRowProps {
  version: TextVersion;
  shown: boolean;
  onShow: () => void;
  /** Takes the version up again; missing where that is not allowed. */
  onRestore?: (() => void) | undefined;
}

function VersionRow({ version, shown, onShow, onRestore }: VersionRowProps) {
  return (
    <tr>
      <td class="cell-main nowrap">
        第 {version.version} 稿 {version.frozenAt && <span class="tag tag-good">已签定</span>}
        {version.restoredFrom !== null && <span class="muted cell-sub">恢复自第 {version.restoredFrom} 稿</span>}
      </td>
      <td data-label="保存人" class="nowrap">
        {nameOf(version.by)}
      </td>
      <td data-label="保存时间" class="nowrap">
        {formatMoment(version.savedAt)}
      </td>
      <td data-label="说明" class="cell-text">
        {version.note ?? '—'}
        {version.document && (
          <a class="link cell-sub" href={documents.address(version.document.documentId)} download>
            {version.document.name}
          </a>
        )}
        <span class="muted cell-sub cell-code" title="摘要（SM3）">
          {version.digest}
        </span>
      </td>
      <td data-label="操作" class="nowrap">
        <div class="button-row">
          <button type="button" class="link" aria-expanded={shown} onClick={onShow}>
            {shown ? '收起' : '查看'}
          </button>
          {onRestore && (
            <button type="button" class="link" onClick={onRestore}>
              恢复为新稿
            </button>
          )}
        </div>
      </td>
    </tr>
  );
}

function VersionContent({ text, version }: { text: CaseText; version: number }) {
  const loading = useLoading(
    () => texts.version(text.processInstanceKey, text.name, version),
    [text.processInstanceKey, text.name, version],
  );
  return (
    <div class="text-shown compared" role="region" aria-label={`第 ${version} 稿`} tabIndex={0}>
      <Loaded of={loading}>{({ content }) => content.map((paragraph, position) => <p key={position}>{paragraph}</p>)}</Loaded>
    </div>
  );
}

interface TextVersionsProps {
  text: CaseText;
  /** Takes an earlier version up again, where a task allows that. */
  onRestore?: ((version: number) => void) | undefined;
}

/** A text with its versions: who, when, digest; each to be read, any two to be compared. */
export function TextVersions({ text, onRestore }: TextVersionsProps) {
  const [shown, setShown] = useState<number | null>(null);
  const [comparing, setComparing] = useState(false);
  const newest = text.versions[0]?.version;
  return (
    <>
      <div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th>稿次</th>
              <th>保存人</th>
              <th>保存时间</th>
              <th>说明</th>
              <th>操作</th>
            </tr>
          </thead>
          <tbody>
            {text.versions.map((version) => (
              <VersionRow
                key={version.version}
                version={version}
                shown={shown === version.version}
                onShow={() => setShown(shown === version.version ? null : version.version)}
                onRestore={onRestore && version.version !== newest ? () => onRestore(version.version) : undefined}
              />
            ))}
          </tbody>
        </table>
      </div>
      {shown !== null && <VersionContent text={text} version={shown} />}
      {text.versions.length > 1 && (
        <p class="text-tools">
          <button type="button" class="button button-small" aria-expanded={comparing} onClick={() => setComparing(!comparing)}>
            {comparing ? '收起比对' : '比对两稿'}
          </button>
        </p>
      )}
      {comparing && <TextComparison text={text} />}
    </>
  );
}

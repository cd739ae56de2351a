import { documents } from '../../api/documents';
import { papers, type CaseAttachment, type IssuedPaper } from '../../api/papers';
import type { Labels } from '../../api/types';
import { Empty, Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { sizeWords } from '../../forms/attachments';
import { useLoading } from '../../state/loading';

interface CaseFiles {
  issued: IssuedPaper[];
  attached: CaseAttachment[];
}

async function readFiles(caseKey: string): Promise<CaseFiles> {
  const [issued, attached] = await Promise.all([papers.issued(caseKey), papers.attachments(caseKey)]);
  // What was issued is listed as a paper already.
  const known = new Set(issued.items.flatMap((paper) => [paper.documentId, paper.pdf?.documentId]));
  return { issued: issued.items, attached: attached.items.filter((file) => !known.has(file.documentId)) };
}

function FileLink({ documentId, name }: { documentId: string; name: string }) {
  return (
    <a class="link" href={documents.address(documentId)} target="_blank" rel="noopener">
      {name}
    </a>
  );
}

function Papers({ items }: { items: IssuedPaper[] }) {
  if (!items.length) return <p class="muted">此事项还没有制发文书。</p>;
  return (
    <div class="table-frame">
      <table class="table">
        <thead>
          <tr>
            <th>文书</th>
            <th>文件</th>
            <th>制发时间</th>
            <th>摘要（SM3）</th>
          </tr>
        </thead>
        <tbody>
          {items.map((paper) => (
            <tr key={paper.documentId}>
              <td data-label="文书" class="cell-main">
                {paper.title}
                <span class="muted cell-sub">模板第 {paper.version} 版</span>
              </td>
              <td data-label="文件">
                {paper.pdf && (
                  <div>
                    <FileLink {...paper.pdf} />
                  </div>
                )}
                <FileLink documentId={paper.documentId} name={paper.name} />
                {paper.note && <span class="muted cell-sub">{paper.note}</span>}
              </td>
              <td data-label="制发时间" class="nowrap">
                {formatMoment(paper.at)}
              </td>
              <td data-label="摘要（SM3）" class="cell-code">
                {paper.digest}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Attachments({ items, labels }: { items: CaseAttachment[]; labels: Labels }) {
  if (!items.length) return <p class="muted">此事项没有附件。</p>;
  return (
    <ul class="plain-list">
      {items.map((file) => (
        <li key={file.documentId} class="case-file">
          <FileLink documentId={file.documentId} name={file.name} />
          <span class="muted">{sizeWords(file.size)}</span>
          {file.field && <span class="muted">{labels[file.field] ?? file.field}</span>}
        </li>
      ))}
    </ul>
  );
}

/** 文件 of a case: the papers that it issued, and what people attached. */
export function Files({ caseKey, labels }: { caseKey: string; labels: Labels }) {
  const loading = useLoading(() => readFiles(caseKey), [caseKey]);
  return (
    <Loaded of={loading}>
      {({ issued, attached }) =>
        issued.length || attached.length ? (
          <>
            <section class="sheet">
              <h2>制发的文书</h2>
              <Papers items={issued} />
            </section>
            <section class="sheet">
              <h2>附件</h2>
              <Attachments items={attached} labels={labels} />
            </section>
          </>
        ) : (
          <Empty>此事项还没有文书或者附件。</Empty>
        )
      }
    </Loaded>
  );
}

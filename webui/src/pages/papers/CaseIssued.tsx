import '../../components/side.css';
import { useState } from 'preact/hooks';
import { seals } from '../../api/seals';
import { services, type Issued, type IssuedNumber, type Service } from '../../api/services';
import { texts, type CaseText } from '../../api/texts';
import type { CaseDetail } from '../../api/types';
import { Empty, Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { permissions } from '../../state/permissions';
import { CaseArchive } from './CaseArchive';
import { CorrectionDialog } from './CorrectionDialog';
import { mayCorrect } from './mayCorrect';
import { SealUseTable } from './SealUseTable';
import { ServiceTable } from './ServiceTable';
import { TextVersions } from './TextVersions';
import { NUMBER_STATES } from './words';

function Numbers({ items }: { items: readonly IssuedNumber[] }) {
  return (
    <div class="table-frame">
      <table class="table">
        <thead>
          <tr>
            <th>文号、登记号</th>
            <th>标题</th>
            <th>状态</th>
            <th>取号人</th>
            <th>时间</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.series}/${item.period}/${item.number}`}>
              <td class="cell-main nowrap">{item.text}</td>
              <td data-label="标题">{item.title ?? '—'}</td>
              <td data-label="状态">
                <span class={NUMBER_STATES[item.state].tone}>{NUMBER_STATES[item.state].word}</span>
                {item.reason && <span class="muted cell-sub">{item.reason}</span>}
              </td>
              <td data-label="取号人" class="nowrap">
                {nameOf(item.by)}
              </td>
              <td data-label="时间" class="nowrap">
                {formatMoment(item.at)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SealUses({ items }: { items: Issued['sealUses'] }) {
  const names = new Map(useLoading(() => seals.list(), []).value?.items.map(({ id, name }) => [id, name]));
  return <SealUseTable items={items} names={names} />;
}

interface SectionsProps {
  issued: Issued;
  drafted: readonly CaseText[];
  onCorrect: (service: Service) => void;
}

function Sections({ issued, drafted, onCorrect }: SectionsProps) {
  return (
    <>
      {drafted.map((text) => (
        <section key={`${text.processInstanceKey}/${text.name}`} class="sheet">
          <h2>{text.name}（各稿）</h2>
          <TextVersions text={text} />
        </section>
      ))}
      {issued.numbers.length > 0 && (
        <section class="sheet">
          <h2>文号</h2>
          <Numbers items={issued.numbers} />
        </section>
      )}
      {issued.services.length > 0 && (
        <section class="sheet">
          <h2>送达</h2>
          <ServiceTable items={issued.services} mayCorrect={mayCorrect} onCorrect={onCorrect} />
        </section>
      )}
      {issued.sealUses.length > 0 && (
        <section class="sheet">
          <h2>用印</h2>
          <SealUses items={issued.sealUses} />
        </section>
      )}
    </>
  );
}

async function readIssued(caseKey: string): Promise<{ issued: Issued; drafted: CaseText[] }> {
  const [issued, drafted] = await Promise.all([services.ofCase(caseKey), texts.ofCase(caseKey)]);
  return { issued, drafted: drafted.items };
}

/** 文号送达 of a case: versions of its texts, its numbers, services and seals, and for archivists its packages. */
export function CaseIssued({ item, onChange }: { item: CaseDetail; onChange: () => void }) {
  const loading = useLoading(() => readIssued(item.key), [item.key]);
  const [correcting, setCorrecting] = useState<Service | null>(null);
  const archived = permissions().archives && item.state !== 'ACTIVE' && item.state !== 'SUSPENDED';
  return (
    <>
      <Loaded of={loading}>
        {({ issued, drafted }) =>
          drafted.length + issued.numbers.length + issued.services.length + issued.sealUses.length ? (
            <Sections issued={issued} drafted={drafted} onCorrect={setCorrecting} />
          ) : (
            !archived && <Empty>此事项还没有文稿、文号、送达或者用印。</Empty>
          )
        }
      </Loaded>
      {archived && <CaseArchive caseKey={item.key} />}
      {correcting && (
        <CorrectionDialog
          service={correcting}
          clocks={item.clocks}
          onClose={() => setCorrecting(null)}
          onDone={() => {
            setCorrecting(null);
            showDone('送达记录已更正，原记录保留。');
            loading.reload();
            onChange();
          }}
        />
      )}
    </>
  );
}

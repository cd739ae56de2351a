import type { Service } from '../../api/services';
import { formatMoment } from '../../format/dates';
import { nameOf, showValue } from '../../format/text';
import { linkTo } from '../../state/route';
import { paperTitle } from './words';

interface ServiceTableProps {
  items: readonly Service[];
  /** Whether each line leads to its case. */
  cases?: boolean;
  mayCorrect: (service: Service) => boolean;
  onCorrect: (service: Service) => void;
}

function Receipt({ service }: { service: Service }) {
  return (
    <>
      {service.refused ? '拒收' : (service.receivedBy ?? '—')}
      {service.substituteReason && <span class="muted cell-sub">代收：{service.substituteReason}</span>}
      {service.place && <span class="muted cell-sub">{service.place}</span>}
    </>
  );
}

/** 送达登记: which paper was served, on whom, when and how, with what proves it. */
export function ServiceTable({ items, cases = false, mayCorrect, onCorrect }: ServiceTableProps) {
  return (
    <div class="table-frame">
      <table class="table">
        <thead>
          <tr>
            <th>文书</th>
            <th>受送达人</th>
            <th>送达</th>
            <th>签收</th>
            <th>证据</th>
            <th>登记</th>
            <th>操作</th>
          </tr>
        </thead>
        <tbody>
          {items.map((service) => (
            <tr key={service.key}>
              <td class="cell-main">
                {cases ? (
                  <a class="link" href={linkTo('cases', service.processInstanceKey, 'issued')}>
                    {paperTitle(service.paper)}
                  </a>
                ) : (
                  paperTitle(service.paper)
                )}
                {service.number && <span class="muted cell-sub">{service.number}</span>}
              </td>
              <td data-label="受送达人">{service.recipient ?? '—'}</td>
              <td data-label="送达" class="nowrap">
                {service.servedOn} {service.way}
                {service.correctedAt && (
                  <span class="muted cell-sub">
                    {nameOf(service.correctedBy)}更正于 {formatMoment(service.correctedAt)}
                  </span>
                )}
              </td>
              <td data-label="签收">
                <Receipt service={service} />
              </td>
              <td data-label="证据" class="cell-text">
                {service.evidence === null ? '—' : showValue(service.evidence)}
                {service.note && <span class="muted cell-sub">{service.note}</span>}
              </td>
              <td data-label="登记" class="nowrap">
                {nameOf(service.by)}
                <span class="muted cell-sub">{formatMoment(service.recordedAt)}</span>
              </td>
              <td data-label="操作">
                {mayCorrect(service) ? (
                  <button type="button" class="link" onClick={() => onCorrect(service)}>
                    更正
                  </button>
                ) : (
                  '—'
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

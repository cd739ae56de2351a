import { useState } from 'preact/hooks';
import { cases } from '../../api/endpoints';
import { services, SERVICE_WAYS, type Service, type ServiceChoice } from '../../api/services';
import { PagedList } from '../../components/PagedList';
import { SearchField } from '../../components/SearchField';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { usePaged } from '../../state/paged';
import { CorrectionDialog } from '../papers/CorrectionDialog';
import { mayCorrect } from '../papers/mayCorrect';
import { ServiceTable } from '../papers/ServiceTable';

const EVERYTHING: ServiceChoice = { since: '', until: '', way: '', search: '' };

interface CorrectionProps {
  service: Service;
  onClose: () => void;
  onDone: () => void;
}

/** The dialog, once the case's time limits are known. */
function Correction({ service, onClose, onDone }: CorrectionProps) {
  const { value, error } = useLoading(() => cases.read(service.processInstanceKey), [service.processInstanceKey]);
  if (!value && error === undefined) return null;
  return <CorrectionDialog service={service} clocks={value?.clocks ?? []} onClose={onClose} onDone={onDone} />;
}

/** 送达登记簿: services of papers in all cases that one may see. */
export function ServicesView() {
  const [choice, setChoice] = useState(EVERYTHING);
  const [correcting, setCorrecting] = useState<Service | null>(null);
  const paged = usePaged((cursor) => services.list(choice, cursor), [choice]);
  const change = (part: Partial<ServiceChoice>) => setChoice({ ...choice, ...part });
  return (
    <>
      <div class="page-head">
        <h1>送达登记簿</h1>
        <div class="filters">
          <SearchField
            label="搜索送达"
            placeholder="文书、文号、受送达人"
            value={choice.search}
            onSearch={(search) => change({ search })}
          />
          <input
            type="date"
            class="input dialog-date"
            aria-label="送达日期，从"
            value={choice.since}
            onChange={(event) => change({ since: event.currentTarget.value })}
          />
          <input
            type="date"
            class="input dialog-date"
            aria-label="送达日期，至"
            value={choice.until}
            onChange={(event) => change({ until: event.currentTarget.value })}
          />
          <select
            class="input select"
            aria-label="按送达方式筛选"
            value={choice.way}
            onChange={(event) => change({ way: event.currentTarget.value })}
          >
            <option value="">全部方式</option>
            {SERVICE_WAYS.map((way) => (
              <option key={way} value={way}>
                {way}
              </option>
            ))}
          </select>
        </div>
      </div>
      <PagedList of={paged} empty="没有符合条件的送达记录。">
        {(items) => <ServiceTable items={items} cases mayCorrect={mayCorrect} onCorrect={setCorrecting} />}
      </PagedList>
      {correcting && (
        <Correction
          service={correcting}
          onClose={() => setCorrecting(null)}
          onDone={() => {
            setCorrecting(null);
            showDone('送达记录已更正，原记录保留。');
            paged.reload();
          }}
        />
      )}
    </>
  );
}

import { cases } from '../../api/endpoints';
import type { RecordItem } from '../../api/types';
import { Empty, Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { useLoading } from '../../state/loading';

function Entry({ item }: { item: RecordItem }) {
  return (
    <li class="entry">
      <div class="entry-line">
        <b>{item.elementName ?? item.action}</b>
        {item.outcome && <span class="tag">{item.outcome}</span>}
      </div>
      <div class="entry-line muted">
        <span>
          {nameOf(item.actor)}
          {item.onBehalfOf && `（代${item.onBehalfOf.name}）`} {item.elementName ? item.action : ''}
        </span>
        <time dateTime={item.at}>{formatMoment(item.at)}</time>
      </div>
      {item.opinion && <p class="entry-opinion">{item.opinion}</p>}
    </li>
  );
}

/** 办理记录 of a case, the newest first: who did what, with which opinion. */
export function RecordList({ caseKey }: { caseKey: string }) {
  const loading = useLoading(() => cases.record(caseKey), [caseKey]);
  return (
    <Loaded of={loading}>
      {(record) =>
        record.items.length ? (
          <ol class="entries">
            {[...record.items].reverse().map((item, index) => (
              <Entry key={`${item.at}/${index}`} item={item} />
            ))}
          </ol>
        ) : (
          <Empty>还没有办理记录。</Empty>
        )
      }
    </Loaded>
  );
}

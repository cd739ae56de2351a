import type { ComponentChildren } from 'preact';
import type { Paged } from '../state/paged';
import { Empty, Failure, Waiting } from './Loaded';

interface PagedListProps<Item> {
  of: Paged<Item>;
  empty: string;
  children: (items: Item[]) => ComponentChildren;
}

/** The server counts long lists no further. */
const MOST_COUNTED = 10_000;

/** A list that is read page by page: how many there are, those that were read, a button for more. */
export function PagedList<Item>({ of, empty, children }: PagedListProps<Item>) {
  const { items, total, nextCursor, busy, error, more, reload } = of;
  if (error !== undefined) return <Failure error={error} onRetry={reload} />;
  if (!items.length) return busy ? <Waiting /> : <Empty>{empty}</Empty>;
  return (
    <>
      <p class="muted list-count" role="status" aria-busy={busy}>
        共 {total >= MOST_COUNTED ? `${MOST_COUNTED} 条以上` : `${total} 条`}
        {items.length < total && `，已显示 ${items.length} 条`}
      </p>
      {children(items)}
      {nextCursor && (
        <p class="list-foot">
          <button type="button" class="button" disabled={busy} onClick={more}>
            {busy ? '正在加载……' : '显示更多'}
          </button>
        </p>
      )}
    </>
  );
}

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../api/types';

interface Listed<Item> {
  items: Item[];
  total: number;
  nextCursor: string | null;
  busy: boolean;
  error?: unknown;
}

export interface Paged<Item> extends Listed<Item> {
  /** Reads the page after those that stand here. */
  more: () => void;
  /** Reads from the beginning. */
  reload: () => void;
}

/**
 * A list that is read page by page, anew whenever one of the names it depends on changes.
 * An answer that comes late, for what is no longer asked, is dropped.
 */
export function usePaged<Item>(
  load: (cursor: string | null) => Promise<Page<Item>>,
  names: readonly unknown[],
): Paged<Item> {
  const nothing: Listed<Item> = { items: [], total: 0, nextCursor: null, busy: true };
  const [listed, setListed] = useState(nothing);
  const turn = useRef(0);
  const read = async (cursor: string | null) => {
    const mine = (turn.current += 1);
    setListed(({ error: _gone, ...before }) => ({ ...before, busy: true }));
    try {
      const page = await load(cursor);
      if (mine !== turn.current) return;
      setListed((before) => ({
        items: cursor ? [...before.items, ...page.items] : page.items,
        total: page.total,
        nextCursor: page.nextCursor,
        busy: false,
      }));
    } catch (error) {
      if (mine === turn.current) setListed((before) => ({ ...before, busy: false, error }));
    }
  };
  useEffect(() => {
    void read(null);
    return () => {
      turn.current += 1;
    };
  }, [JSON.stringify(names)]);
  return {
    ...listed,
    more: () => void read(listed.nextCursor),
    reload: () => void read(null),
  };
}

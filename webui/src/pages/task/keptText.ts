import { useState } from 'preact/hooks';
import { recall, remember } from '../../state/preferences';

/** A text that survives leaving the task and a reload, until it is emptied. */
export function useKeptText(key: string): [text: string, set: (text: string) => void] {
  const [text, setText] = useState(() => recall(key) ?? '');
  const set = (next: string) => {
    setText(next);
    remember(key, next || null);
  };
  return [text, set];
}

import { signal } from '@preact/signals';
import { messageOf } from '../api/errors';

export interface Notice {
  id: number;
  tone: 'done' | 'error';
  text: string;
}

const SECONDS_SHOWN = 6;

export const notices = signal<Notice[]>([]);
let lastId = 0;

export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}

function show(tone: Notice['tone'], text: string): void {
  const id = ++lastId;
  // A refusal stays until it is read or overtaken by a success, which may leave by itself.
  const kept = tone === 'done' ? notices.value.filter((notice) => notice.tone === 'done') : notices.value;
  notices.value = [...kept.slice(-2), { id, tone, text }];
  if (tone === 'done') setTimeout(() => dismiss(id), SECONDS_SHOWN * 1000);
}

export const showDone = (text: string) => show('done', text);
export const showRefusal = (text: string) => show('error', text);
export const showError = (error: unknown) => show('error', messageOf(error));

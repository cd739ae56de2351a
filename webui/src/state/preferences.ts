import { signal } from '@preact/signals';

export const TEXT_SIZES = [
  { id: 'standard', label: '标准字号', mark: '小' },
  { id: 'large', label: '大字号', mark: '中' },
  { id: 'largest', label: '特大字号', mark: '大' },
] as const;

export type TextSize = (typeof TEXT_SIZES)[number]['id'];

const KEY = 'banjie.text-size';

/** Local storage may be switched off by policy; a preference is then forgotten, nothing else. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch (error) {
    console.warn('preference not kept', key, error);
  }
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch (error) {
    console.warn('preference not readable', key, error);
    return null;
  }
}

export const textSize = signal<TextSize>(
  TEXT_SIZES.find((size) => size.id === recall(KEY))?.id ?? 'standard',
);

export function applyTextSize(size: TextSize): void {
  textSize.value = size;
  document.documentElement.dataset['size'] = size;
  remember(KEY, size);
}

import { computed, signal } from '@preact/signals';

/** The page is addressed by the fragment, so that any server path serves it: `#/todo/123`. */
function read(): string[] {
  return window.location.hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent);
}

export const segments = signal<string[]>(read());
export const section = computed(() => segments.value[0] ?? 'todo');

window.addEventListener('hashchange', () => {
  segments.value = read();
});

/** The link to a place in the page. */
export function linkTo(...parts: string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

/** Goes there; `replace` leaves no step for the browser's back button. */
export function navigate(parts: string[], replace = false): void {
  const link = linkTo(...parts);
  if (replace) {
    window.history.replaceState(null, '', link);
    segments.value = read();
  } else {
    window.location.hash = link;
  }
}

import { useEffect, useRef, useState } from 'preact/hooks';

interface SearchFieldProps {
  label: string;
  placeholder: string;
  value: string;
  onSearch: (text: string) => void;
}

const PAUSE = 300;

/** Searches when typing pauses, or at once on Enter. */
export function SearchField({ label, placeholder, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const timer = useRef<number>();
  useEffect(() => setText(value), [value]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const search = (next: string, pause: number) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => onSearch(next.trim()), pause);
  };
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        search(text, 0);
      }}
    >
      <input
        type="search"
        class="input"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value, PAUSE);
        }}
      />
    </form>
  );
}

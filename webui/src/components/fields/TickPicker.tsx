import { useState } from 'preact/hooks';

export interface TickGroup {
  id: string;
  name: string;
  items: ReadonlyArray<{ id: string; name: string; note?: string | undefined }>;
}

interface TickPickerProps {
  label: string;
  groups: readonly TickGroup[];
  chosen: readonly string[];
  problem?: string | undefined;
  placeholder?: string;
  onChange: (chosen: string[]) => void;
}

/** Some of many, ticked under their groups; a search shortens the list, never the choice. */
export function TickPicker({ label, groups, chosen, problem, placeholder = '搜索', onChange }: TickPickerProps) {
  const [search, setSearch] = useState('');
  const text = search.trim().toLowerCase();
  const toggle = (id: string, on: boolean) => onChange(on ? [...chosen, id] : chosen.filter((each) => each !== id));
  const shown = groups
    .map((group) => ({
      ...group,
      items: group.items.filter((item) => `${group.name} ${item.name} ${item.id}`.toLowerCase().includes(text)),
    }))
    .filter((group) => group.items.length);
  return (
    <fieldset class="dialog-field" aria-invalid={Boolean(problem)}>
      <legend class="dialog-label">
        {label} <span class="muted">已选 {chosen.length} 项</span>
      </legend>
      <input
        type="search"
        class="input"
        aria-label={`搜索${label}`}
        placeholder={placeholder}
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      <div class="tick-list" tabIndex={0} role="group" aria-label={label}>
        {shown.map((group) => (
          <div key={group.id} role="group" aria-label={group.name}>
            <p class="people-department">{group.name}</p>
            {group.items.map((item) => (
              <label key={item.id} class="choice tick-row">
                <input
                  type="checkbox"
                  checked={chosen.includes(item.id)}
                  onChange={(event) => toggle(item.id, event.currentTarget.checked)}
                />
                <span>
                  {item.name}
                  {item.note && <span class="muted"> {item.note}</span>}
                </span>
              </label>
            ))}
          </div>
        ))}
        {!shown.length && <p class="muted people-none">没有符合条件的。</p>}
      </div>
      {problem && (
        <p class="dialog-error" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

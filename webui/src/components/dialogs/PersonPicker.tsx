import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { messageOf } from '../../api/errors';
import { people, type Colleague } from '../../api/people';
import type { Named } from '../../api/types';
import { byDepartment, matching } from './colleagues';
import { FieldFrame } from './fields';

interface PersonPickerProps {
  label: string;
  chosen: Named[];
  onChange: (chosen: Named[]) => void;
  /** One person, or several. */
  single?: boolean;
  /** Who is not offered: oneself, who was asked already. */
  without?: readonly string[];
  problem?: string | undefined;
  hint?: string | undefined;
  optional?: boolean;
}

const PAUSE = 200;
const MOST_SENT = 200;

let last = 0;

/** All colleagues at first; with more of them than one answer holds, what is typed is asked of the server. */
function useColleagues(text: string): { all: Colleague[]; failure: string } {
  const [all, setAll] = useState<Colleague[]>([]);
  const [whole, setWhole] = useState(true);
  const [failure, setFailure] = useState('');
  const asked = whole ? '' : text.trim();
  useEffect(() => {
    let wanted = true;
    const timer = window.setTimeout(
      () => {
        people.search(asked).then(
          ({ items }) => {
            if (!wanted) return;
            setAll(items);
            setFailure('');
            if (!asked) setWhole(items.length < MOST_SENT);
          },
          (error: unknown) => wanted && setFailure(messageOf(error)),
        );
      },
      asked ? PAUSE : 0,
    );
    return () => {
      wanted = false;
      window.clearTimeout(timer);
    };
  }, [asked]);
  return { all, failure };
}

const LIST_HEIGHT = 272;

type Spot = {
  left: string;
  width: string;
  top?: string;
  bottom?: string;
  maxHeight: string;
};

/** Where the list goes: under the field or, with more room there, above it; over everything, so that nothing moves. */
function spotFor(box: HTMLElement): Spot {
  const { left, width, top, bottom } = box.getBoundingClientRect();
  const [below, above] = [window.innerHeight - bottom - 8, top - 8];
  const down = below >= Math.min(LIST_HEIGHT, above);
  return {
    left: `${left}px`,
    width: `${width}px`,
    ...(down ? { top: `${bottom + 2}px` } : { bottom: `${window.innerHeight - top + 2}px` }),
    maxHeight: `${Math.min(LIST_HEIGHT, down ? below : above)}px`,
  };
}

/** Keeps the list at its field while the dialog scrolls or the window changes. */
function useSpot(open: boolean, box: RefObject<HTMLElement>, chosen: number): Spot | null {
  const [spot, setSpot] = useState<Spot | null>(null);
  useLayoutEffect(() => {
    const place = () => setSpot(open && box.current ? spotFor(box.current) : null);
    place();
    if (!open) return;
    window.addEventListener('resize', place);
    document.addEventListener('scroll', place, true);
    return () => {
      window.removeEventListener('resize', place);
      document.removeEventListener('scroll', place, true);
    };
  }, [open, chosen]);
  return spot;
}

/** Chooses people by name or department: a search field, a list by department, and who is chosen so far. */
export function PersonPicker(props: PersonPickerProps) {
  const { label, chosen, onChange, single = false, without = [], problem, hint, optional = false } = props;
  const id = useRef(`people-${(last += 1)}`).current;
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [position, setPosition] = useState(0);
  const spot = useSpot(open, box, chosen.length);
  const { all, failure } = useColleagues(text);
  const taken = new Set([...without, ...chosen.map((person) => person.id)]);
  const shown = matching(all, text).filter((person) => !taken.has(person.id));
  const groups = byDepartment(shown);
  const ordered = groups.flatMap((group) => group.people);
  const current = ordered[Math.min(position, ordered.length - 1)];

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [position, open, text]);

  const choose = (added: Colleague[]) => {
    const named = added.map(({ id: personId, name, department }) => ({
      id: personId,
      name: department ? `${name}（${department}）` : name,
    }));
    onChange(single ? named.slice(0, 1) : [...chosen, ...named]);
    setText('');
    setPosition(0);
    // The list lies over what comes next; typing or a click brings it back.
    setOpen(false);
  };
  const keys = (event: KeyboardEvent) => {
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (move) {
      event.preventDefault();
      if (open) setPosition(Math.max(0, Math.min(ordered.length - 1, position + move)));
      setOpen(true);
    } else if (event.key === 'Enter' && open && current) {
      event.preventDefault();
      choose([current]);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      setOpen(false);
    } else if (event.key === 'Backspace' && !text && chosen.length) {
      onChange(chosen.slice(0, -1));
    }
  };

  return (
    <FieldFrame id={id} label={label} problem={problem} hint={hint} optional={optional}>
      <div class="people">
        <div ref={box} class={`people-box input${problem ? ' people-wrong' : ''}`}>
          {chosen.map((person) => (
            <span key={person.id} class="person-chip">
              {person.name}
              <button
                type="button"
                aria-label={`移除${person.name}`}
                onClick={() => onChange(chosen.filter((each) => each.id !== person.id))}
              >
                ×
              </button>
            </span>
          ))}
          {!(single && chosen.length) && (
            <input
              id={id}
              type="text"
              role="combobox"
              class="people-input"
              autocomplete="off"
              aria-expanded={open}
              aria-controls={`${id}-list`}
              aria-activedescendant={open && current ? `${id}-${current.id}` : undefined}
              aria-autocomplete="list"
              aria-invalid={Boolean(problem)}
              placeholder={chosen.length ? '' : '输入姓名或科室，或按 ↓ 选择'}
              value={text}
              onClick={() => setOpen(true)}
              onBlur={() => setOpen(false)}
              onKeyDown={keys}
              onInput={(event) => {
                setText(event.currentTarget.value);
                setPosition(0);
                setOpen(true);
              }}
            />
          )}
        </div>
        {open && spot && (
          // The field keeps the focus while the list is clicked.
          <div class="people-list" ref={list} style={spot} onMouseDown={(event) => event.preventDefault()}>
            {!single && text.trim() && shown.length > 1 && (
              <button type="button" class="people-all" tabIndex={-1} onClick={() => choose(ordered)}>
                选择以下全部 {shown.length} 人
              </button>
            )}
            <div id={`${id}-list`} role="listbox" aria-label="可选择的人员">
              {groups.map((group) => (
                <div key={group.department} role="group" aria-label={group.department}>
                  <p class="people-department">{group.department}</p>
                  {group.people.map((person) => (
                    <div
                      key={person.id}
                      id={`${id}-${person.id}`}
                      role="option"
                      class="people-option"
                      aria-selected={person === current}
                      onClick={() => choose([person])}
                    >
                      <span>{person.name}</span>
                      <span class="muted">{person.id}</span>
                    </div>
                  ))}
                </div>
              ))}
            </div>
            {!shown.length && <p class="muted people-none">{failure || '没有符合条件的人员。'}</p>}
          </div>
        )}
      </div>
    </FieldFrame>
  );
}

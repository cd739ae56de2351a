import '../styles/content.css';
import './dialogs/dialogs.css';
import './side.css';
import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { linkTo, section, segments } from '../state/route';
import { Empty } from './Loaded';

export interface SidePlace {
  id: string;
  label: string;
  view: ComponentType;
}

export interface SideGroup {
  label?: string;
  places: ReadonlyArray<SidePlace | false>;
}

interface SidePageProps {
  label: string;
  groups: readonly SideGroup[];
}

/** Places of one part of the page beside each other: a list at the left, on a phone above. */
export function SidePage({ label, groups }: SidePageProps) {
  const shown = groups
    .map((group) => ({ label: group.label, places: group.places.filter((place): place is SidePlace => Boolean(place)) }))
    .filter((group) => group.places.length);
  const all = shown.flatMap((group) => group.places);
  const wanted = segments.value[1];
  const current = wanted ? all.find((place) => place.id === wanted) : all[0];
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the list is one line that scrolls sideways.
    const [nav, link] = [list.current, list.current?.querySelector<HTMLElement>('[aria-current]')];
    if (nav && link) nav.scrollLeft = link.offsetLeft - nav.offsetLeft - (nav.clientWidth - link.offsetWidth) / 2;
  }, [current?.id]);
  return (
    <div class="page page-wide beside">
      <nav class="side" aria-label={label} ref={list}>
        {shown.map((group) => (
          <div key={group.label ?? ''} class="side-group" role="group" aria-label={group.label ?? label}>
            {group.label && <p class="side-label">{group.label}</p>}
            {group.places.map((place) => (
              <a
                key={place.id}
                href={linkTo(section.value, place.id)}
                aria-current={place.id === current?.id ? 'page' : undefined}
              >
                {place.label}
              </a>
            ))}
          </div>
        ))}
      </nav>
      <div class="beside-view">
        {current ? <current.view /> : <Empty>没有这一页，或者您无权查看。</Empty>}
      </div>
    </div>
  );
}

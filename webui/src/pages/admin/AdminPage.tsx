import '../../styles/content.css';
import './admin.css';
import type { ComponentType } from 'preact';
import { linkTo, segments } from '../../state/route';
import { CalendarView } from './CalendarView';
import { IncidentsView } from './IncidentsView';
import { JobsView } from './JobsView';
import { ProceduresView } from './ProceduresView';
import { UsersView } from './UsersView';

interface Place {
  id: string;
  label: string;
  view: ComponentType;
}

const PLACES: Place[] = [
  { id: 'procedures', label: '流程', view: ProceduresView },
  { id: 'incidents', label: '异常', view: IncidentsView },
  { id: 'jobs', label: '作业', view: JobsView },
  { id: 'users', label: '用户', view: UsersView },
  { id: 'calendar', label: '日历', view: CalendarView },
];

/** What administrators look after. */
export function AdminPage() {
  const current = PLACES.find((place) => place.id === segments.value[1]) ?? (PLACES[0] as Place);
  const View = current.view;
  return (
    <div class="page page-wide admin">
      <nav class="side" aria-label="管理">
        {PLACES.map((place) => (
          <a
            key={place.id}
            href={linkTo('admin', place.id)}
            aria-current={place.id === current.id ? 'page' : undefined}
          >
            {place.label}
          </a>
        ))}
      </nav>
      <div class="admin-view">
        <View />
      </div>
    </div>
  );
}

import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { InboxPage } from '../pages/inbox/InboxPage';
import { PasswordPage } from '../pages/password/PasswordPage';
import { counts, watchCounts } from '../state/counts';
import { reloadInbox } from '../state/inbox';
import { linkTo, section, segments } from '../state/route';
import { permissions } from '../state/permissions';
import { ErrorBoundary } from './ErrorBoundary';
import { lazy } from './lazy';
import { NoticeBell } from './NoticeBell';
import { UserMenu } from './UserMenu';

const StartPage = lazy(() => import('../pages/start/StartPage').then((module) => module.StartPage));
const CasesPage = lazy(() => import('../pages/cases/CasesPage').then((module) => module.CasesPage));
const CasePage = lazy(() => import('../pages/case/CasePage').then((module) => module.CasePage));
const NoticesPage = lazy(() => import('../pages/notices/NoticesPage').then((module) => module.NoticesPage));
const SettingsPage = lazy(() => import('../pages/settings/SettingsPage').then((module) => module.SettingsPage));
const ControlsPage = lazy(() => import('../pages/controls/ControlsPage').then((module) => module.ControlsPage));
const OrganisationPage = lazy(() =>
  import('../pages/organisation/OrganisationPage').then((module) => module.OrganisationPage),
);
const RegistersPage = lazy(() => import('../pages/registers/RegistersPage').then((module) => module.RegistersPage));
const OfficePage = lazy(() => import('../pages/office/OfficePage').then((module) => module.OfficePage));
const AdminPage = lazy(() => import('../pages/admin/AdminPage').then((module) => module.AdminPage));

interface Place {
  section: string;
  label: string;
  title: string;
}

/** Of places that are no entry of the main navigation. */
const TITLES: Record<string, string> = { notices: '通知', settings: '个人设置', password: '修改密码' };

const INBOX_SECTIONS = ['todo', 'done', 'started', 'copies', 'pending'];

function placesFor(): Place[] {
  const { system, audit, anyAdministrator } = permissions();
  const places: Place[] = [
    { section: 'todo', label: '工作台', title: '工作台' },
    { section: 'start', label: '发起', title: '发起事项' },
  ];
  if (system || audit) places.push({ section: 'cases', label: '事项查询', title: '事项查询' });
  places.push(
    { section: 'registers', label: '台账', title: '台账' },
    { section: 'office', label: '文书档案', title: '文书档案' },
    { section: 'organisation', label: '机构', title: '机构与职责' },
    { section: 'controls', label: '风险防控', title: '廉政风险防控' },
  );
  if (anyAdministrator) places.push({ section: 'admin', label: '管理', title: '系统管理' });
  return places;
}

function currentSection(): string {
  return INBOX_SECTIONS.includes(section.value) ? 'todo' : section.value;
}

function Content() {
  const [, key] = segments.value;
  const pages: Record<string, ComponentType> = {
    start: StartPage,
    cases: key ? CasePage : CasesPage,
    admin: AdminPage,
    notices: NoticesPage,
    settings: SettingsPage,
    controls: ControlsPage,
    registers: RegistersPage,
    office: OfficePage,
    organisation: OrganisationPage,
    password: () => <PasswordPage />,
  };
  const Page = pages[section.value] ?? InboxPage;
  return <Page />;
}

/** The frame around every page: name, places, text size, person. */
export function Shell() {
  useEffect(watchCounts, []);
  const places = placesFor();
  const current = currentSection();
  const title = places.find((place) => place.section === current)?.title ?? TITLES[section.value] ?? '办结';
  const todo = counts.value?.todo;
  useEffect(() => {
    document.title = todo ? `（${todo}）${title} · 办结` : `${title} · 办结`;
  }, [title, todo]);
  useEffect(() => {
    // On a phone the places are one line that scrolls sideways.
    document.querySelector('.places [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <div class="shell">
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        跳到主要内容
      </a>
      <header class="top">
        <a class="brand" href={linkTo('todo')}>
          办结
        </a>
        <nav class="places" aria-label="主导航">
          {places.map((place) => (
            <a
              key={place.section}
              href={linkTo(place.section)}
              aria-current={place.section === current ? 'page' : undefined}
              onClick={() => place.section === 'todo' && section.value === 'todo' && void reloadInbox()}
            >
              {place.label}
              {place.section === 'todo' && todo ? <span class="count">{todo > 999 ? '999+' : todo}</span> : null}
            </a>
          ))}
        </nav>
        <NoticeBell />
        <UserMenu />
      </header>
      <main id="main" class="main" tabIndex={-1}>
        <ErrorBoundary place={segments.value.join('/')}>
          <Content />
        </ErrorBoundary>
      </main>
    </div>
  );
}

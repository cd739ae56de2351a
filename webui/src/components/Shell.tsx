import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { InboxPage } from '../pages/inbox/InboxPage';
import { PasswordPage } from '../pages/password/PasswordPage';
import { counts, watchCounts } from '../state/counts';
import { reloadInbox } from '../state/inbox';
import { linkTo, section, segments } from '../state/route';
import { user } from '../state/session';
import { ErrorBoundary } from './ErrorBoundary';
import { lazy } from './lazy';
import { UserMenu } from './UserMenu';

const StartPage = lazy(() => import('../pages/start/StartPage').then((module) => module.StartPage));
const CasesPage = lazy(() => import('../pages/cases/CasesPage').then((module) => module.CasesPage));
const CasePage = lazy(() => import('../pages/case/CasePage').then((module) => module.CasePage));
const AdminPage = lazy(() => import('../pages/admin/AdminPage').then((module) => module.AdminPage));

interface Place {
  section: string;
  label: string;
  title: string;
}

const INBOX_SECTIONS = ['todo', 'done', 'started'];

function placesFor(administrator: boolean, auditor: boolean): Place[] {
  const places: Place[] = [
    { section: 'todo', label: '工作台', title: '工作台' },
    { section: 'start', label: '发起', title: '发起事项' },
  ];
  if (administrator || auditor) places.push({ section: 'cases', label: '事项查询', title: '事项查询' });
  if (administrator) places.push({ section: 'admin', label: '管理', title: '系统管理' });
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
    password: () => <PasswordPage />,
  };
  const Page = pages[section.value] ?? InboxPage;
  return <Page />;
}

/** The frame around every page: name, places, text size, person. */
export function Shell() {
  const person = user.value;
  useEffect(watchCounts, []);
  const places = placesFor(person?.administrator ?? false, person?.auditor ?? false);
  const current = currentSection();
  const title = places.find((place) => place.section === current)?.title ?? '办结';
  const todo = counts.value?.todo;
  useEffect(() => {
    document.title = todo ? `（${todo}）${title} · 办结` : `${title} · 办结`;
  }, [title, todo]);
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

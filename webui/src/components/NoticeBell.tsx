import { linkTo, section } from '../state/route';
import { unread } from '../state/unread';

/** 通知: the bell in the frame, with how many are unread. */
export function NoticeBell() {
  const count = unread.value;
  return (
    <a
      class="bell"
      href={linkTo('notices')}
      aria-label={count ? `通知，${count} 条未读` : '通知'}
      title="通知"
      aria-current={section.value === 'notices' ? 'page' : undefined}
    >
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path
          d="M12 3a6 6 0 0 0-6 6v4l-2 4h16l-2-4V9a6 6 0 0 0-6-6zM10 19a2 2 0 0 0 4 0"
          fill="none"
          stroke="currentColor"
          stroke-width="1.8"
          stroke-linejoin="round"
        />
      </svg>
      {count > 0 && <span class="count">{count > 99 ? '99+' : count}</span>}
    </a>
  );
}

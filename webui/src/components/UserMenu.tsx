import { useEffect, useRef, useState } from 'preact/hooks';
import { showError } from '../state/notices';
import { applyTextSize, TEXT_SIZES, textSize } from '../state/preferences';
import { linkTo } from '../state/route';
import { signOut, user } from '../state/session';

export function TextSizeSwitch() {
  return (
    <div class="sizes" role="group" aria-label="字号">
      {TEXT_SIZES.map((size) => (
        <button
          key={size.id}
          type="button"
          class={`size size-${size.id}`}
          aria-label={size.label}
          title={size.label}
          aria-pressed={textSize.value === size.id}
          onClick={() => applyTextSize(size.id)}
        >
          {size.mark}
        </button>
      ))}
    </div>
  );
}

/** Text size, and behind the person's name what concerns the person. */
export function UserMenu() {
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const close = (event: Event) => {
      const outside = event.target instanceof Node && !menu.current?.contains(event.target);
      if (outside || (event instanceof KeyboardEvent && event.key === 'Escape')) setOpen(false);
    };
    document.addEventListener('click', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('click', close);
      document.removeEventListener('keydown', close);
    };
  }, [open]);
  const person = user.value;
  if (!person) return null;
  return (
    <div class="person" ref={menu}>
      <TextSizeSwitch />
      <button type="button" class="person-name" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span>{person.name}</span>
        <span class="caret" aria-hidden="true" />
      </button>
      {open && (
        <div class="menu" role="menu">
          <div class="menu-head">
            <b>{person.name}</b>
            <span class="muted">
              {person.department?.name ?? ''} {person.username}
            </span>
          </div>
          <a role="menuitem" href={linkTo('settings', 'substitutions')} onClick={() => setOpen(false)}>
            离岗委托
          </a>
          <a role="menuitem" href={linkTo('settings', 'second-factor')} onClick={() => setOpen(false)}>
            二次验证
          </a>
          <a role="menuitem" href={linkTo('settings', 'sessions')} onClick={() => setOpen(false)}>
            登录管理
          </a>
          <a role="menuitem" href={linkTo('settings', 'password')} onClick={() => setOpen(false)}>
            修改密码
          </a>
          <button type="button" role="menuitem" onClick={() => signOut().catch(showError)}>
            退出登录
          </button>
        </div>
      )}
    </div>
  );
}

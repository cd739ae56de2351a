import { useEffect, useRef, useState } from 'preact/hooks';
import { messageOf } from '../../api/errors';
import { signIn, user } from '../../state/session';

/** The sign-in: alone on the page, or over the work that an ended session interrupted. */
export function SignInPage({ expired = false }: { expired?: boolean }) {
  const [username, setUsername] = useState(expired ? (user.value?.username ?? '') : '');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (!username.trim() || !password) {
      setProblem('请输入用户名和密码。');
      return;
    }
    setBusy(true);
    setProblem('');
    try {
      await signIn(username.trim(), password);
    } catch (error) {
      setProblem(messageOf(error));
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class={expired ? 'sign-in sign-in-over' : 'sign-in'}>
      <form
        class="sign-in-box"
        onSubmit={submit}
        aria-label="登录"
        noValidate
        {...(expired && { role: 'dialog', 'aria-modal': true })}
      >
        <h1>办结</h1>
        <p class="muted">{expired ? '登录已失效。重新登录后，页面上的内容仍在。' : '政务流程办理平台'}</p>
        <label class="field">
          <span>用户名</span>
          <input
            class="input"
            name="username"
            autocomplete="username"
            value={username}
            ref={expired ? null : first}
            onInput={(event) => setUsername(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>密码</span>
          <input
            class="input"
            name="password"
            type="password"
            autocomplete="current-password"
            value={password}
            ref={expired ? first : null}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        <p class="field-error" role="alert">
          {problem}
        </p>
        <button class="button button-primary button-wide" type="submit" disabled={busy}>
          {busy ? '正在登录……' : '登录'}
        </button>
      </form>
    </div>
  );
}

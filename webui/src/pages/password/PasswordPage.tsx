import { useState } from 'preact/hooks';
import { ApiError, messageOf } from '../../api/errors';
import { showDone, showError } from '../../state/notices';
import { navigate } from '../../state/route';
import { changePassword, signOut } from '../../state/session';

interface PasswordFieldProps {
  label: string;
  name: string;
  value: string;
  problem: string | undefined;
  autocomplete: string;
  onInput: (value: string) => void;
}

function PasswordField({ label, name, value, problem, autocomplete, onInput }: PasswordFieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        class="input"
        type="password"
        name={name}
        value={value}
        autocomplete={autocomplete}
        aria-invalid={Boolean(problem)}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {problem && (
        <span class="field-error" role="alert">
          {problem}
        </span>
      )}
    </label>
  );
}

function problemsOf(current: string, next: string, repeated: string): Record<string, string> {
  if (!current) return { currentPassword: '请输入当前密码。' };
  if (!next) return { newPassword: '请输入新密码。' };
  if (next === current) return { newPassword: '新密码不能与当前密码相同。' };
  return next === repeated ? {} : { repeated: '两次输入的新密码不一致。' };
}

/** The fields of a change of password; `forced` offers to sign out instead. */
export function PasswordForm({ forced = false }: { forced?: boolean }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    const found = problemsOf(current, next, repeated);
    setProblems(found);
    if (busy || Object.keys(found).length) return;
    setBusy(true);
    try {
      await changePassword(current, next);
      showDone('密码已修改。');
      navigate(['todo']);
    } catch (error) {
      const fields = error instanceof ApiError ? Object.entries(error.fields) : [];
      setProblems(
        fields.length
          ? Object.fromEntries(fields.map(([name, messages]) => [name, messages.join('')]))
          : { form: messageOf(error) },
      );
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="sheet" onSubmit={submit} noValidate>
      <PasswordField
        label="当前密码"
        name="currentPassword"
        value={current}
        problem={problems['currentPassword']}
        autocomplete="current-password"
        onInput={setCurrent}
      />
      <PasswordField
        label="新密码"
        name="newPassword"
        value={next}
        problem={problems['newPassword']}
        autocomplete="new-password"
        onInput={setNext}
      />
      <PasswordField
        label="再次输入新密码"
        name="repeated"
        value={repeated}
        problem={problems['repeated']}
        autocomplete="new-password"
        onInput={setRepeated}
      />
      <p class="field-error" role="alert">
        {problems['form'] ?? ''}
      </p>
      <button class="button button-primary" type="submit" disabled={busy}>
        {busy ? '正在保存……' : '保存新密码'}
      </button>{' '}
      {forced && (
        <button class="button" type="button" onClick={() => signOut().catch(showError)}>
          退出登录
        </button>
      )}
    </form>
  );
}

/** Change of password; `forced` after a first sign-in, when nothing else is offered before it. */
export function PasswordPage({ forced = false }: { forced?: boolean }) {
  return (
    <div class="page page-narrow">
      <h1>{forced ? '首次登录，请先修改密码' : '修改密码'}</h1>
      <PasswordForm forced={forced} />
    </div>
  );
}

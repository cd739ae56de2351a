import { useEffect, useState } from 'preact/hooks';
import { messageOf } from './api/errors';
import { Notices } from './components/Notices';
import { Shell } from './components/Shell';
import { PasswordPage } from './pages/password/PasswordPage';
import { SignInPage } from './pages/sign-in/SignInPage';
import { expired, readSession, session } from './state/session';

function useSessionAtStart(): unknown {
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    readSession().catch(setFailure);
  }, []);
  return failure;
}

/** Nobody signed in: the sign-in. Signed in: the work, and the sign-in over it once the session has ended. */
export function App() {
  const failure = useSessionAtStart();
  const current = session.value;
  if (failure) {
    return (
      <main class="center">
        <p class="failure" role="alert">
          {messageOf(failure)}
        </p>
        <button class="button" type="button" onClick={() => window.location.reload()}>
          重新加载
        </button>
      </main>
    );
  }
  if (current === undefined) return <p class="center muted">正在打开……</p>;
  if (current === null) return <SignInPage />;
  return (
    <>
      {current.mustChangePassword ? <PasswordPage forced /> : <Shell />}
      {expired.value && <SignInPage expired />}
      <Notices />
    </>
  );
}

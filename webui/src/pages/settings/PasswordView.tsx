import { PasswordForm } from '../password/PasswordPage';

/** One's own password. */
export function PasswordView() {
  return (
    <>
      <div class="page-head">
        <h1>修改密码</h1>
      </div>
      <p class="page-lead">修改后，您在其他电脑上的登录会全部退出。</p>
      <div class="narrow-form">
        <PasswordForm />
      </div>
    </>
  );
}

import { useState } from 'preact/hooks';
import { accounts, type Account } from '../../../api/accounts';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { ReasonField, required, TextField } from '../../../components/dialogs/fields';
import { useAct } from '../../../components/dialogs/useAct';
import { TickPicker } from '../../../components/fields/TickPicker';
import type { Directory } from './directory';
import { PROFILE_FIELDS, ProfileFields, type Profile } from './ProfileFields';
import { exclusiveProblem, madePassword, randomBelow, roleGroups } from './roles';

export interface UserDialogProps {
  account: Account;
  directory: Directory;
  onClose: () => void;
  onDone: (said: string) => void;
}

const aboutOf = (account: Account) => `${account.name}（${account.username}）`;

/** What is known of the person. */
export function ProfileDialog({ account, directory, onClose, onDone }: UserDialogProps) {
  const [profile, setProfile] = useState<Profile>({
    name: account.name,
    department: account.department?.id ?? '',
    post: account.post ?? '',
    email: account.email ?? '',
    kind: account.kind,
  });
  const act = useAct(PROFILE_FIELDS);
  const submit = async () => {
    const body = {
      ...profile,
      name: profile.name.trim(),
      department: profile.department || null,
      post: profile.post || null,
      email: profile.email.trim() || null,
    };
    const done = await act.run((key) => accounts.change(account.id, body, key), {
      name: required(profile.name, '请填写姓名。'),
    });
    if (done) onDone('用户资料已保存。');
  };
  return (
    <Dialog title="修改资料" about={aboutOf(account)} wide onClose={onClose}>
      <ActForm act={act} submit="保存" onSubmit={() => void submit()} onClose={onClose}>
        <ProfileFields profile={profile} directory={directory} problems={act.problems.fields} onChange={setProfile} />
      </ActForm>
    </Dialog>
  );
}

/** Which roles the person holds; two of the three administrators' are refused. */
export function RolesDialog({ account, directory, onClose, onDone }: UserDialogProps) {
  const [roles, setRoles] = useState<string[]>(account.roles);
  const [reason, setReason] = useState('');
  const act = useAct(['roles', 'reason']);
  const submit = async () => {
    const done = await act.run((key) => accounts.setRoles(account.id, roles, reason.trim() || null, key), {
      roles: exclusiveProblem(roles),
    });
    if (done) onDone('角色已更改，立即生效。');
  };
  return (
    <Dialog title="更改角色" about={aboutOf(account)} wide onClose={onClose}>
      <ActForm act={act} submit="保存角色" onSubmit={() => void submit()} onClose={onClose}>
        <TickPicker
          label="角色"
          placeholder="搜索角色或科室"
          groups={roleGroups(directory.roles, directory.names, directory.decidesOnRights)}
          chosen={roles}
          problem={act.problems.fields['roles']}
          onChange={setRoles}
        />
        <ReasonField
          label="理由"
          optional
          rows={2}
          usual={['岗位调整', '新入职', '兼任']}
          maxLength={500}
          value={reason}
          problem={act.problems.fields['reason']}
          onChange={setReason}
        />
      </ActForm>
    </Dialog>
  );
}

/** Switched off, nobody signs in with the account, and whoever is signed in is signed out; back again likewise. */
export function ActiveDialog({ account, onClose, onDone }: UserDialogProps) {
  const [reason, setReason] = useState('');
  const act = useAct(['reason']);
  const active = account.active === false;
  const submit = async () => {
    const body = { active, reason: reason.trim() };
    const wrong = { reason: required(reason, '请写明理由。') };
    if (await act.run((key) => accounts.change(account.id, body, key), wrong)) {
      onDone(active ? '账号已启用。' : '账号已停用，其登录已全部退出。');
    }
  };
  return (
    <Dialog title={active ? '启用账号' : '停用账号'} about={aboutOf(account)} onClose={onClose}>
      <ActForm
        act={act}
        submit={active ? '确认启用' : '确认停用'}
        danger={!active}
        onSubmit={() => void submit()}
        onClose={onClose}
      >
        {!active && <p>停用后不能再登录；其名下的待办转给所在科室负责人。办理记录保留。</p>}
        <ReasonField
          usual={active ? ['返岗'] : ['调离', '退休', '离职']}
          maxLength={500}
          value={reason}
          problem={act.problems.fields['reason']}
          onChange={setReason}
        />
      </ActForm>
    </Dialog>
  );
}

/** Another first password; the person must change it at the next sign-in. */
export function PasswordDialog({ account, onClose, onDone }: UserDialogProps) {
  const [password, setPassword] = useState(() => madePassword(randomBelow));
  const act = useAct(['newPassword']);
  const submit = async () => {
    const wrong = { newPassword: required(password, '请填写密码。') };
    if (await act.run(() => accounts.setPassword(account.id, password), wrong)) {
      onDone('密码已重设，其登录已全部退出。');
    }
  };
  return (
    <Dialog title="重设密码" about={aboutOf(account)} onClose={onClose}>
      <ActForm act={act} submit="重设密码" onSubmit={() => void submit()} onClose={onClose}>
        <TextField
          label="新的初始密码"
          maxLength={500}
          hint="请当面或通过可靠方式转交本人；下次登录须修改。确认后不再显示。"
          value={password}
          problem={act.problems.fields['newPassword']}
          onChange={setPassword}
        />
        <p>
          <button type="button" class="link" onClick={() => setPassword(madePassword(randomBelow))}>
            换一个
          </button>
        </p>
      </ActForm>
    </Dialog>
  );
}

/** The device was lost: the second factor goes, for a reason that is recorded. */
export function SecondFactorDialog({ account, onClose, onDone }: UserDialogProps) {
  const [reason, setReason] = useState('');
  const act = useAct(['reason']);
  const submit = async () => {
    const wrong = { reason: required(reason, '请写明原因，以及如何核实了本人身份。') };
    if (await act.run((key) => accounts.removeSecondFactor(account.id, reason.trim(), key), wrong)) {
      onDone('二次验证已移除，已通知本人。');
    }
  };
  return (
    <Dialog title="移除二次验证" about={aboutOf(account)} onClose={onClose}>
      <ActForm act={act} submit="确认移除" danger onSubmit={() => void submit()} onClose={onClose}>
        <p>仅用于本人遗失手机或令牌。移除后，本人须重新绑定才能办理签发、用印等环节；本人会收到通知。</p>
        <ReasonField
          label="原因和核实方式"
          usual={['手机遗失，本人持工作证到场核实。', '更换手机未停用，已电话回拨核实本人。']}
          maxLength={1000}
          value={reason}
          problem={act.problems.fields['reason']}
          onChange={setReason}
        />
      </ActForm>
    </Dialog>
  );
}

import { useState } from 'preact/hooks';
import { accounts } from '../../../api/accounts';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { required, TextField } from '../../../components/dialogs/fields';
import { useAct } from '../../../components/dialogs/useAct';
import { TickPicker } from '../../../components/fields/TickPicker';
import { linkTo } from '../../../state/route';
import type { Directory } from './directory';
import { PROFILE_FIELDS, ProfileFields, type Profile } from './ProfileFields';
import { exclusiveProblem, roleGroups } from './roles';

interface Created {
  id: string;
  name: string;
  username: string;
  firstPassword: string | null;
}

interface NewUserDialogProps {
  directory: Directory;
  onClose: () => void;
  onCreated: () => void;
}

const NOBODY: Profile = { name: '', department: '', post: '', email: '', kind: 'staff' };

function ToldOnce({ created, onClose }: { created: Created; onClose: () => void }) {
  return (
    <>
      <div class="dialog-body" role="status">
        <p>
          已新建用户 <b>{created.name}</b>（{created.username}）。
        </p>
        {created.firstPassword && (
          <p class="told-once">
            初始密码 <code>{created.firstPassword}</code> 只显示这一次，请转交本人；首次登录须修改。
          </p>
        )}
      </div>
      <footer class="dialog-foot">
        <a class="button" href={linkTo('admin', 'users', created.id)} onClick={onClose}>
          查看用户
        </a>
        <button type="button" class="button button-primary" onClick={onClose}>
          完成
        </button>
      </footer>
    </>
  );
}

/** 新建用户: the first password is made up and shown once. */
export function NewUserDialog({ directory, onClose, onCreated }: NewUserDialogProps) {
  const [username, setUsername] = useState('');
  const [profile, setProfile] = useState<Profile>(NOBODY);
  const [roles, setRoles] = useState<string[]>([]);
  const [created, setCreated] = useState<Created | null>(null);
  const act = useAct(['username', ...PROFILE_FIELDS, 'roles']);
  const { fields } = act.problems;
  const submit = async () => {
    const wrong = {
      username: required(username, '请填写用户名。'),
      name: required(profile.name, '请填写姓名。'),
      roles: exclusiveProblem(roles),
    };
    const body = {
      username: username.trim(),
      name: profile.name.trim(),
      department: profile.department || null,
      post: profile.post || null,
      email: profile.email.trim() || null,
      kind: profile.kind,
      roles,
    };
    await act.run(async (key) => {
      const answer = await accounts.create(body, key);
      setCreated({ ...answer, name: body.name, username: body.username });
      onCreated();
    }, wrong);
  };
  return (
    <Dialog title="新建用户" wide onClose={onClose}>
      {created ? (
        <ToldOnce created={created} onClose={onClose} />
      ) : (
        <ActForm act={act} submit="新建用户" onSubmit={() => void submit()} onClose={onClose}>
          <TextField
            label="用户名"
            maxLength={100}
            hint="登录用，建立后不能更改。"
            value={username}
            problem={fields['username']}
            onChange={setUsername}
          />
          <ProfileFields profile={profile} directory={directory} problems={fields} onChange={setProfile} />
          <TickPicker
            label="角色"
            placeholder="搜索角色或科室"
            groups={roleGroups(directory.roles, directory.names, directory.decidesOnRights)}
            chosen={roles}
            problem={fields['roles']}
            onChange={setRoles}
          />
        </ActForm>
      )}
    </Dialog>
  );
}

import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { accounts, type Account } from '../../../api/accounts';
import { showDone, showError } from '../../../state/notices';
import { permissions } from '../../../state/permissions';
import { linkTo } from '../../../state/route';
import { user } from '../../../state/session';
import { useSubmission } from '../../../state/submission';
import type { Directory } from './directory';
import { roleWords } from './roles';
import { isLocked, StateTag } from './StateTag';
import { ActiveDialog, PasswordDialog, ProfileDialog, RolesDialog, SecondFactorDialog, type UserDialogProps } from './UserDialogs';

interface UserPageProps {
  account: Account;
  directory: Directory;
  onChanged: () => void;
}

interface Offer {
  label: string;
  dialog: ComponentType<UserDialogProps>;
  when: boolean;
  danger?: boolean;
}

function Facts({ account, directory }: Omit<UserPageProps, 'onChanged'>) {
  const own = account.department?.id ?? null;
  const post = directory.posts.find((each) => each.id === account.post);
  const facts: Array<[string, preact.ComponentChildren]> = [
    ['用户名', account.username],
    ['机构', account.department?.name ?? '—'],
    ['岗位', post?.name ?? account.post ?? '—'],
    ['邮箱', account.email ?? '—'],
    ['类型', account.kind === 'outside' ? '外部人员' : '本局人员'],
    ['状态', <StateTag account={account} />],
    ['二次验证', account.secondFactor ? '已启用' : '未启用'],
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h2 class="roles-head">角色</h2>
      {account.roles.length ? (
        <p class="role-tags">
          {account.roles.map((role) => (
            <span key={role} class="tag tag-accent">
              {roleWords(role, own, directory.names)}
            </span>
          ))}
        </p>
      ) : (
        <p class="muted">没有任何角色。</p>
      )}
    </>
  );
}

/** Acts that need no more than the click. */
function QuickActs({ account, onChanged }: Omit<UserPageProps, 'directory'>) {
  const [busy, submit] = useSubmission();
  const { system, security } = permissions();
  const run = async (act: () => Promise<void>, said: string) => {
    try {
      await submit(act);
      showDone(said);
    } catch (error) {
      showError(error);
    }
    onChanged();
  };
  if (!system && !security) return null;
  return (
    <>
      {isLocked(account) && (
        <button
          type="button"
          class="button"
          disabled={busy}
          onClick={() => void run(() => accounts.unlock(account.id), '账号已解锁。')}
        >
          解锁
        </button>
      )}
      <button
        type="button"
        class="button"
        disabled={busy}
        onClick={() => void run(() => accounts.signOut(account.id), `${account.name}的登录已全部退出。`)}
      >
        退出其全部登录
      </button>
    </>
  );
}

/** One account: what is known of it, and what the administrator who looks may do. */
export function UserPage({ account, directory, onChanged }: UserPageProps) {
  const [open, setOpen] = useState<Offer | null>(null);
  const { system, security } = permissions();
  const oneself = account.id === user.value?.id;
  const offers: Offer[] = [
    { label: '修改资料', dialog: ProfileDialog, when: system },
    { label: '更改角色', dialog: RolesDialog, when: (system || security) && !oneself },
    { label: '重设密码', dialog: PasswordDialog, when: system && !oneself },
    {
      label: '移除二次验证',
      dialog: SecondFactorDialog,
      when: directory.decidesOnRights && !oneself && account.secondFactor,
      danger: true,
    },
    {
      label: account.active === false ? '启用账号' : '停用账号',
      dialog: ActiveDialog,
      when: system && !oneself,
      danger: account.active !== false,
    },
  ];
  return (
    <>
      <p>
        <a class="link" href={linkTo('admin', 'users')}>
          ← 全部用户
        </a>
      </p>
      <div class="page-head">
        <h1>{account.name}</h1>
      </div>
      <div class="sheet">
        <Facts account={account} directory={directory} />
        <div class="form-foot" role="group" aria-label="账号操作">
          {offers
            .filter((offer) => offer.when)
            .map((offer) => (
              <button
                key={offer.label}
                type="button"
                class={offer.danger ? 'button button-warn' : 'button'}
                onClick={() => setOpen(offer)}
              >
                {offer.label}
              </button>
            ))}
          <QuickActs account={account} onChanged={onChanged} />
        </div>
        {oneself && <p class="muted">这是您自己的账号：角色、密码和停用由另一位管理员操作。</p>}
      </div>
      {open && (
        <open.dialog
          account={account}
          directory={directory}
          onClose={() => setOpen(null)}
          onDone={(said) => {
            setOpen(null);
            showDone(said);
            onChanged();
          }}
        />
      )}
    </>
  );
}

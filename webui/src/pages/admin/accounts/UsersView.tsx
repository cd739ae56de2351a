import { useState } from 'preact/hooks';
import type { Account } from '../../../api/accounts';
import { Empty, Loaded } from '../../../components/Loaded';
import { SearchField } from '../../../components/SearchField';
import { useLoading } from '../../../state/loading';
import { permissions } from '../../../state/permissions';
import { linkTo, segments } from '../../../state/route';
import { hasWords } from '../../organisation/names';
import { readDirectory, type Directory } from './directory';
import { NewUserDialog } from './NewUserDialog';
import { roleWords } from './roles';
import { isLocked, StateTag } from './StateTag';
import { UserPage } from './UserPage';

type Which = '' | 'active' | 'inactive' | 'locked' | 'outside' | 'proven';

const WHICH: ReadonlyArray<readonly [Which, string, (account: Account) => boolean]> = [
  ['', '全部用户', () => true],
  ['active', '在用', (account) => account.active !== false],
  ['inactive', '停用', (account) => account.active === false],
  ['locked', '已锁定', isLocked],
  ['outside', '外部人员', (account) => account.kind === 'outside'],
  ['proven', '已启用二次验证', (account) => account.secondFactor],
];

function Row({ account, directory }: { account: Account; directory: Directory }) {
  const own = account.department?.id ?? null;
  return (
    <tr class={account.active === false ? 'row-muted' : undefined}>
      <td data-label="姓名" class="cell-main">
        <a class="link" href={linkTo('admin', 'users', account.id)}>
          {account.name}
        </a>
      </td>
      <td data-label="用户名" class="nowrap">{account.username}</td>
      <td data-label="机构">{account.department?.name ?? '—'}</td>
      <td data-label="角色" class="cell-text">
        {account.roles.map((role) => roleWords(role, own, directory.names)).join('、') || '—'}
      </td>
      <td data-label="状态" class="nowrap">
        <StateTag account={account} />
      </td>
    </tr>
  );
}

function UserList({ directory, onChanged }: { directory: Directory; onChanged: () => void }) {
  const [search, setSearch] = useState('');
  const [which, setWhich] = useState<Which>('');
  const [creating, setCreating] = useState(false);
  const fits = WHICH.find(([id]) => id === which)?.[2] ?? (() => true);
  const found = directory.accounts.filter(
    (account) =>
      fits(account) &&
      hasWords([account.name, account.username, account.department?.name ?? '', ...account.roles].join(' '), search),
  );
  return (
    <>
      <div class="page-head">
        <h1>
          用户 <span class="counted">{directory.accounts.length}</span>
        </h1>
        <div class="filters">
          <select
            class="input select"
            aria-label="按状态筛选"
            value={which}
            onChange={(event) => setWhich(event.currentTarget.value as Which)}
          >
            {WHICH.map(([id, words]) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </select>
          <SearchField label="搜索用户" placeholder="搜索姓名、机构、角色" value={search} onSearch={setSearch} />
          {permissions().system && (
            <button type="button" class="button button-primary" onClick={() => setCreating(true)}>
              新建用户
            </button>
          )}
        </div>
      </div>
      {found.length ? (
        <div class="table-frame">
          <table class="table">
            <thead>
              <tr>
                <th>姓名</th>
                <th>用户名</th>
                <th>机构</th>
                <th>角色</th>
                <th>状态</th>
              </tr>
            </thead>
            <tbody>
              {found.map((account) => (
                <Row key={account.id} account={account} directory={directory} />
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <Empty>没有符合条件的用户。</Empty>
      )}
      {creating && (
        <NewUserDialog
          directory={directory}
          onClose={() => setCreating(false)}
          onCreated={onChanged}
        />
      )}
    </>
  );
}

/** 用户: all accounts, or one of them. */
export function UsersView() {
  const loading = useLoading(readDirectory, []);
  const chosen = segments.value[2];
  return (
    <Loaded of={loading}>
      {(directory) => {
        if (!chosen) return <UserList directory={directory} onChanged={loading.reload} />;
        const account = directory.accounts.find((each) => each.id === chosen);
        if (!account) return <Empty>没有用户 {chosen}。</Empty>;
        return <UserPage key={chosen} account={account} directory={directory} onChanged={loading.reload} />;
      }}
    </Loaded>
  );
}

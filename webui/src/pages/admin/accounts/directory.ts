import { accounts, type Account } from '../../../api/accounts';
import { organisation, type Department, type Post } from '../../../api/organisation';
import type { Role } from '../../../api/people';
import { permissions } from '../../../state/permissions';
import { nameMap } from '../../organisation/names';

export interface Directory {
  accounts: Account[];
  departments: Department[];
  names: Map<string, string>;
  posts: Post[];
  roles: Role[];
  /** Who decides on rights: the security administrator; while there is none, the system administrator. */
  decidesOnRights: boolean;
}

/** Everything that the screens on accounts choose from. */
export async function readDirectory(): Promise<Directory> {
  const [listed, departments, posts, roles] = await Promise.all([
    accounts.list(),
    organisation.departments(),
    organisation.posts(''),
    organisation.roles(),
  ]);
  return {
    accounts: listed.items,
    departments: departments.items,
    names: nameMap(departments.items),
    posts: posts.items,
    roles: roles.items,
    decidesOnRights: decidesOnRights(roles.items),
  };
}

export function decidesOnRights(roles: readonly Role[]): boolean {
  const { security, system } = permissions();
  const held = roles.some((role) => role.name === '安全管理员' && role.holders.length > 0);
  return security || (system && !held);
}

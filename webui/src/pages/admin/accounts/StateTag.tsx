import type { Account } from '../../../api/accounts';
import { formatMoment } from '../../../format/dates';

export const isLocked = (account: Account): boolean =>
  Boolean(account.lockedUntil) && Date.parse(account.lockedUntil ?? '') > Date.now();

/** How an account stands. */
export function StateTag({ account }: { account: Account }) {
  if (account.active === false) return <span class="tag">停用</span>;
  if (isLocked(account)) return <span class="tag tag-warning">锁定至 {formatMoment(account.lockedUntil)}</span>;
  return <>在用</>;
}

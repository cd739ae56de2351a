import type { Seal } from '../../api/seals';
import { formatMoment } from '../../format/dates';

/** Where a seal is now; a seal that is not back in time says so. */
export function SealState({ seal }: { seal: Seal }) {
  if (!seal.out) return <span class="tag tag-good">在库</span>;
  const late = seal.out.alarmedAt !== null || Date.parse(seal.out.dueAt) < Date.now();
  return (
    <>
      <span class={late ? 'tag tag-danger' : 'tag tag-warning'}>{late ? '逾期未归还' : '带出'}</span>
      <span class="muted cell-sub">
        {seal.out.takenBy ? `${seal.out.takenBy}，` : ''}应于 {formatMoment(seal.out.dueAt)} 前归还
      </span>
    </>
  );
}

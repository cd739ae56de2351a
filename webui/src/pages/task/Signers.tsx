import type { UserTaskDetail } from '../../api/types';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { SIGNER_STATES, SIGNING } from './words';

/** 会签 so far: how many of how many, and what they said; who said it is in the record where it may be. */
function Votes({ task }: { task: UserTaskDetail }) {
  if (!task.votes) return null;
  const { done, total, outcomes } = task.votes;
  const told = Object.entries(outcomes).map(([outcome, number]) => `${outcome} ${number}`);
  return (
    <section class="aside-block" aria-label="会签进度">
      <h3>会签进度</h3>
      <p>
        已办 <b>{done}</b> / {total}
        {told.length > 0 && <span class="muted">　{told.join('，')}</span>}
      </p>
      <progress class="votes" max={total} value={done} aria-label={`已办 ${done}，共 ${total}`} />
    </section>
  );
}

/** Who was asked to sign beside the assignee, and what they answered. */
export function Signers({ task }: { task: UserTaskDetail }) {
  return (
    <>
      <Votes task={task} />
      {task.signers.length > 0 && (
        <section class="aside-block" aria-label="加签与协办">
          <h3>加签与协办</h3>
          <ul class="plain-list signers">
            {task.signers.map((signer) => (
              <li key={signer.key}>
                <div class="entry-line">
                  <b>{nameOf(signer.user)}</b>
                  <span class={signer.outcome === '不同意' ? 'tag tag-danger' : signer.state === 'DONE' ? 'tag tag-good' : 'tag'}>
                    {signer.outcome ?? SIGNER_STATES[signer.state]}
                  </span>
                </div>
                <p class="muted">
                  {SIGNING[signer.kind]} · {nameOf(signer.requestedBy)}：{signer.reason}
                </p>
                {signer.opinion && <p class="entry-opinion">{signer.opinion}</p>}
                {signer.endedAt && <p class="muted">{formatMoment(signer.endedAt)}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

import type { UserTaskDetail } from '../../api/types';
import { nameOf } from '../../format/text';
import { linkTo } from '../../state/route';
import { EVIDENCE } from '../task/words';

const STATES = {
  UNCONFIRMED: { word: '待本人确认', look: 'tag-warning' },
  CONFIRMED: { word: '本人已确认', look: 'tag-good' },
  DISPUTED: { word: '本人不予确认', look: 'tag-danger' },
} as const;

/** 代录 of a case: who entered whose signature on what evidence, whether it was confirmed, whether the scan is there. */
export function RecordedTasks({ tasks }: { tasks: UserTaskDetail[] }) {
  if (!tasks.length) return null;
  return (
    <section class="sheet">
      <h2>代录签批</h2>
      <ul class="plain-list">
        {tasks.map(({ key, name, recorded }) =>
          recorded ? (
            <li key={key} class="open-task">
              <div>
                <p class="open-task-line">
                  <a class="link" href={linkTo('done', key)}>
                    {name}
                  </a>
                  <span>
                    {nameOf(recorded.recordedBy)}代{nameOf(recorded.person)}
                  </span>
                  <span class={`tag ${STATES[recorded.state].look}`}>{STATES[recorded.state].word}</span>
                  {recorded.evidenceKind === 'PAPER' && !recorded.documentId && <span class="tag">扫描件未补交</span>}
                </p>
                <p class="muted">
                  {EVIDENCE[recorded.evidenceKind]}：{recorded.evidence}
                  {recorded.note && ` · ${recorded.note}`}
                </p>
              </div>
            </li>
          ) : null,
        )}
      </ul>
    </section>
  );
}

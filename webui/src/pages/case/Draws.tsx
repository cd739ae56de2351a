import { useState } from 'preact/hooks';
import { draws, type Draw, type Expert } from '../../api/case-controls';
import { lazy } from '../../components/lazy';
import { Empty, Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { user } from '../../state/session';
import { mayDraw } from './caseViews';

const AnnounceDialog = lazy(() => import('./dialogs/DrawDialogs').then((module) => module.AnnounceDialog));
const OpenDrawDialog = lazy(() => import('./dialogs/DrawDialogs').then((module) => module.OpenDrawDialog));

function Experts({ label, experts }: { label: string; experts: Expert[] | null }) {
  if (!experts?.length) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <ol class="plain-list experts">
          {experts.map((expert, position) => (
            <li key={expert.id}>
              {position + 1}. {expert.name}
              <span class="muted">
                （{expert.employer}，{expert.id}）{expert.reason && `　${expert.reason}`}
              </span>
            </li>
          ))}
        </ol>
      </dd>
    </div>
  );
}

function Proof({ draw }: { draw: Draw }) {
  return (
    <details class="draw-proof">
      <summary>验证数据</summary>
      <p class="muted">
        抽取前公布种子的 SM3 摘要；见证人随后说出见证语，再公开种子。每位专家的位次为 SM3(种子, 见证语, 编号)，小者在前。任何人都可以据此重算，也可以用命令
        banjie draw verify 重算。
      </p>
      <dl class="facts">
        <div>
          <dt>种子摘要</dt>
          <dd class="cell-code">{draw.seedDigest}</dd>
        </div>
        <div>
          <dt>种子</dt>
          <dd class="cell-code">{draw.seed ?? '抽取时公开'}</dd>
        </div>
        <div>
          <dt>见证语</dt>
          <dd>{draw.state === 'DRAWN' ? draw.witness || '（空）' : '—'}</dd>
        </div>
        <Experts label={`抽取范围（${draw.pool.length} 人）`} experts={draw.pool} />
        <Experts label={`回避（${draw.excluded.length} 人）`} experts={draw.excluded} />
      </dl>
    </details>
  );
}

function DrawSheet({ draw, onOpen }: { draw: Draw; onOpen: () => void }) {
  return (
    <section class="sheet">
      <h2>
        {draw.field} <span class="muted">抽取 {draw.size} 人，候补 {draw.alternatesWanted} 人</span>
      </h2>
      <p class="muted">
        {nameOf(draw.committedBy)}于 {formatMoment(draw.committedAt)} 公布
        {draw.drawnAt && `，${formatMoment(draw.drawnAt)} 抽取`}
        {draw.reason && `　理由：${draw.reason}`}
      </p>
      {draw.state === 'DRAWN' ? (
        <p>
          <span class={draw.reproduced ? 'tag tag-good' : 'tag tag-danger'}>
            {draw.reproduced ? '已按记录重算，结果一致' : '按记录重算，结果不一致'}
          </span>
        </p>
      ) : (
        <p>
          <span class="tag tag-warning">已公布，待抽取</span>{' '}
          {mayDraw(user.value) && (
            <button type="button" class="button button-small" onClick={onOpen}>
              见证抽取
            </button>
          )}
        </p>
      )}
      <dl class="facts draw-result">
        <Experts label="抽中" experts={draw.drawn} />
        <Experts label="候补" experts={draw.alternates} />
      </dl>
      <Proof draw={draw} />
    </section>
  );
}

type Opened = { kind: 'announce'; again: boolean } | { kind: 'open'; draw: Draw };

/** 专家抽取 of a case, with everything that proves each draw. */
export function Draws({ caseKey, active }: { caseKey: string; active: boolean }) {
  const loading = useLoading(() => draws.list(caseKey), [caseKey]);
  const [opened, setOpened] = useState<Opened | null>(null);
  const done = (said: string) => {
    setOpened(null);
    showDone(said);
    loading.reload();
  };
  const close = () => setOpened(null);
  return (
    <Loaded of={loading}>
      {({ items }) => (
        <>
          {active && mayDraw(user.value) && (
            <p>
              <button
                type="button"
                class="button button-outline"
                onClick={() => setOpened({ kind: 'announce', again: items.length > 0 })}
              >
                公布抽取
              </button>
            </p>
          )}
          {items.map((draw) => (
            <DrawSheet key={draw.key} draw={draw} onOpen={() => setOpened({ kind: 'open', draw })} />
          ))}
          {!items.length && <Empty>此事项还没有抽取专家。</Empty>}
          {opened?.kind === 'announce' && (
            <AnnounceDialog caseKey={caseKey} again={opened.again} onClose={close} onDone={done} />
          )}
          {opened?.kind === 'open' && <OpenDrawDialog draw={opened.draw} onClose={close} onDone={done} />}
        </>
      )}
    </Loaded>
  );
}

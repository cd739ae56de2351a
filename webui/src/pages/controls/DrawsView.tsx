import { useState } from 'preact/hooks';
import { supervision, type DrawnExpert, type ExpertDraw } from '../../api/supervision';
import { ActForm } from '../../components/dialogs/ActForm';
import { Dialog } from '../../components/dialogs/Dialog';
import { required, TextField } from '../../components/dialogs/fields';
import { useAct } from '../../components/dialogs/useAct';
import { Empty, Loaded } from '../../components/Loaded';
import { formatMoment } from '../../format/dates';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { permissions } from '../../state/permissions';
import { linkTo } from '../../state/route';

const named = (experts: readonly DrawnExpert[]) =>
  experts.map((expert) => `${expert.name}（${expert.employer}）`).join('、');

function PerformDialog({ draw, onClose, onDone }: { draw: ExpertDraw; onClose: () => void; onDone: () => void }) {
  const [witness, setWitness] = useState('');
  const act = useAct(['witness']);
  const submit = async () => {
    const wrong = { witness: required(witness, '请见证人说一句话，并填在这里。') };
    if (await act.run((key) => supervision.perform(draw.key, witness.trim(), key), wrong)) onDone();
  };
  return (
    <Dialog title="抽取专家" about={draw.caseTitle} onClose={onClose}>
      <ActForm act={act} submit="当场抽取" onSubmit={() => void submit()} onClose={onClose}>
        <p>
          种子的摘要已经公布，不能再改；见证人此时说的话谁也不能预先知道。两者合起来决定名次，任何一方都不能左右结果。
        </p>
        <TextField
          label="见证人的话"
          hint="例如“派驻组：三十七”。"
          maxLength={200}
          value={witness}
          problem={act.problems.fields['witness']}
          onChange={setWitness}
        />
      </ActForm>
    </Dialog>
  );
}

function Reproduced({ draw }: { draw: ExpertDraw }) {
  if (draw.state === 'COMMITTED') return <span class="tag tag-accent">已公布，待抽取</span>;
  return draw.reproduced ? (
    <span class="tag tag-good">重算相符</span>
  ) : (
    <span class="tag tag-danger">重算不符</span>
  );
}

function Fact({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Draw({ draw, onPerform }: { draw: ExpertDraw; onPerform: () => void }) {
  return (
    <li class="control">
      <div class="control-head">
        <h2>
          <a class="link" href={linkTo('cases', draw.processInstanceKey)}>
            {draw.caseTitle}
          </a>
        </h2>
        <Reproduced draw={draw} />
        {draw.state === 'COMMITTED' && permissions().draws && (
          <button type="button" class="button button-small" onClick={onPerform}>
            抽取
          </button>
        )}
      </div>
      <p class="muted">
        {draw.field} · 抽取 {draw.size} 人，候补 {draw.alternatesWanted} 人 · {draw.committedBy?.name ?? '系统'}公布于{' '}
        {formatMoment(draw.committedAt)}
        {draw.drawnAt ? ` · 抽取于 ${formatMoment(draw.drawnAt)}` : ''}
      </p>
      <dl class="control-facts">
        {draw.drawn && <Fact name="抽中">{named(draw.drawn)}</Fact>}
        {draw.alternates && draw.alternates.length > 0 && <Fact name="候补">{named(draw.alternates)}</Fact>}
        {draw.excluded.length > 0 && <Fact name="回避">{named(draw.excluded)}</Fact>}
        <Fact name="候选">{draw.pool.length} 人</Fact>
        {draw.reason && <Fact name="再次抽取理由">{draw.reason}</Fact>}
        <Fact name="种子摘要">
          <span class="cell-code">{draw.seedDigest}</span>
        </Fact>
        {draw.seed && (
          <Fact name="种子">
            <span class="cell-code">{draw.seed}</span>
          </Fact>
        )}
        {draw.witness !== null && draw.state === 'DRAWN' && <Fact name="见证人的话">{draw.witness || '（没有）'}</Fact>}
      </dl>
    </li>
  );
}

/** 抽取记录: every draw with what proves it, and the drawing of those that were announced. */
export function DrawsView() {
  const loading = useLoading(() => supervision.draws(), []);
  const [performing, setPerforming] = useState<ExpertDraw | null>(null);
  return (
    <>
      <div class="page-head">
        <h1>专家抽取记录</h1>
      </div>
      <p class="page-lead">抽取在事项页公布：先公布候选名单和种子摘要，再由见证人说话、当场开种子。任何人都可以按记录重算。</p>
      <Loaded of={loading}>
        {({ items }) =>
          items.length ? (
            <ol class="control-list" aria-label="专家抽取">
              {items.map((draw) => (
                <Draw key={draw.key} draw={draw} onPerform={() => setPerforming(draw)} />
              ))}
            </ol>
          ) : (
            <Empty>还没有抽取过专家。</Empty>
          )
        }
      </Loaded>
      {performing && (
        <PerformDialog
          draw={performing}
          onClose={() => setPerforming(null)}
          onDone={() => {
            setPerforming(null);
            showDone('专家已抽取，名单和证明已记录。');
            loading.reload();
          }}
        />
      )}
    </>
  );
}

import { useState } from 'preact/hooks';
import { calendars, type CalendarProposal, type DayChange } from '../../../api/calendars';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { ReasonField, required } from '../../../components/dialogs/fields';
import { useAct } from '../../../components/dialogs/useAct';
import { Empty, Loaded } from '../../../components/Loaded';
import { currentYear, formatMoment } from '../../../format/dates';
import { useLoading } from '../../../state/loading';
import { showDone } from '../../../state/notices';
import { linkTo, segments } from '../../../state/route';
import { user } from '../../../state/session';
import { MovedClocks } from './MovedClocks';
import { ProposeView } from './ProposeView';

const STATES: Record<CalendarProposal['state'], { word: string; tone: string }> = {
  PROPOSED: { word: '待确认', tone: 'tag tag-warning' },
  CONFIRMED: { word: '已生效', tone: 'tag tag-good' },
  REJECTED: { word: '已否决', tone: 'tag' },
};

const dayWords = (working: boolean) => (working ? '上班' : '休息');

function Changes({ changes }: { changes: readonly DayChange[] }) {
  const moved = changes.filter((change) => change.wasWorking !== change.isWorking);
  const renamed = changes.length - moved.length;
  if (!changes.length) return <p class="muted">与现行日历相同，没有更改。</p>;
  return (
    <>
      <p>
        {moved.length} 天的上班或休息有变{renamed > 0 && `，${renamed} 天只是名称有变`}。
      </p>
      <div class="table-frame changed-days">
        <table class="table table-dense">
          <thead>
            <tr>
              <th>日期</th>
              <th>现行</th>
              <th>改为</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.date} class={change.wasWorking === change.isWorking ? 'row-muted' : undefined}>
                <td class="nowrap">{change.date}</td>
                <td>
                  {dayWords(change.wasWorking)} <span class="muted">{change.oldReason}</span>
                </td>
                <td>
                  {dayWords(change.isWorking)} <span class="muted">{change.newReason}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface DialogProps {
  proposal: CalendarProposal;
  onClose: () => void;
  onDone: (said: string) => void;
}

function ConfirmDialog({ proposal, onClose, onDone }: DialogProps) {
  const act = useAct([]);
  const submit = async () => {
    if (await act.run((key) => calendars.confirm(proposal.key, key))) {
      onDone('日历已生效，在办事项的期限正在重新计算。');
    }
  };
  return (
    <Dialog title={`确认 ${proposal.year} 年日历`} about={proposal.source} onClose={onClose}>
      <ActForm act={act} submit="确认生效" onSubmit={() => void submit()} onClose={onClose}>
        <p>
          {proposal.changes.length} 天有变化。确认后立即生效，{proposal.openClocks ?? 0} 个在计算的期限重新推算一次，新旧日期都有记录。
        </p>
      </ActForm>
    </Dialog>
  );
}

function RejectDialog({ proposal, onClose, onDone }: DialogProps) {
  const [reason, setReason] = useState('');
  const act = useAct(['reason']);
  const own = proposal.proposedBy.id === user.value?.id;
  const submit = async () => {
    const wrong = { reason: required(reason, '请写明理由。') };
    if (await act.run((key) => calendars.reject(proposal.key, reason.trim(), key), wrong)) {
      onDone(own ? '提案已撤回。' : '提案已否决。');
    }
  };
  return (
    <Dialog title={own ? '撤回提案' : '否决提案'} about={`${proposal.year} 年：${proposal.source}`} onClose={onClose}>
      <ActForm act={act} submit={own ? '确认撤回' : '确认否决'} onSubmit={() => void submit()} onClose={onClose}>
        <ReasonField maxLength={1000} value={reason} problem={act.problems.fields['reason']} onChange={setReason} />
      </ActForm>
    </Dialog>
  );
}

interface Open {
  dialog: 'confirm' | 'reject';
  proposal: CalendarProposal;
}

function Item({ proposal, onOpen }: { proposal: CalendarProposal; onOpen: (open: Open) => void }) {
  const [moved, setMoved] = useState(false);
  const own = proposal.proposedBy.id === user.value?.id;
  const state = STATES[proposal.state];
  return (
    <li class="proposal" aria-label={`${proposal.year} 年：${proposal.source}`}>
      <div class="proposal-head">
        <h2>{proposal.year} 年</h2>
        <span>{proposal.source}</span>
        <span class={state.tone}>{state.word}</span>
      </div>
      <p class="muted">
        {proposal.proposedBy.name} {formatMoment(proposal.proposedAt)} 提出
        {proposal.decidedBy && `；${proposal.decidedBy.name} ${formatMoment(proposal.decidedAt)} ${state.word.slice(1)}`}
        {proposal.reason && `（${proposal.reason}）`}
      </p>
      {proposal.state === 'PROPOSED' && (
        <>
          <Changes changes={proposal.changes} />
          <p>
            在计算的期限 <b>{proposal.openClocks ?? 0}</b> 个，生效后重新推算。
          </p>
          <div class="button-row">
            {own ? (
              <span class="muted">须由另一位系统管理员确认。</span>
            ) : (
              <button type="button" class="button button-primary" onClick={() => onOpen({ dialog: 'confirm', proposal })}>
                确认生效
              </button>
            )}
            <button type="button" class="button" onClick={() => onOpen({ dialog: 'reject', proposal })}>
              {own ? '撤回' : '否决'}
            </button>
          </div>
        </>
      )}
      {proposal.state === 'CONFIRMED' && (
        <>
          <button type="button" class="link" aria-expanded={moved} onClick={() => setMoved(!moved)}>
            {moved ? '收起' : '重新计算的期限'}
          </button>
          {moved && <MovedClocks proposalKey={proposal.key} />}
        </>
      )}
    </li>
  );
}

function ProposalList() {
  const loading = useLoading(() => calendars.proposals(), []);
  const [open, setOpen] = useState<Open | null>(null);
  const done = (said: string) => {
    setOpen(null);
    showDone(said);
    loading.reload();
  };
  return (
    <>
      <div class="page-head">
        <h1>日历提案</h1>
        <a class="button button-primary" href={linkTo('admin', 'proposals', 'new', String(currentYear(Date.now())))}>
          提出更改
        </a>
      </div>
      <p class="page-lead">日历由一位系统管理员提出，另一位确认后生效，生效时在计算的期限重新推算。</p>
      <Loaded of={loading}>
        {({ items }) =>
          items.length ? (
            <ol class="proposal-list" aria-label="日历提案">
              {items.map((proposal) => (
                <Item key={proposal.key} proposal={proposal} onOpen={setOpen} />
              ))}
            </ol>
          ) : (
            <Empty>没有日历提案。</Empty>
          )
        }
      </Loaded>
      {open?.dialog === 'confirm' && (
        <ConfirmDialog proposal={open.proposal} onClose={() => setOpen(null)} onDone={done} />
      )}
      {open?.dialog === 'reject' && (
        <RejectDialog proposal={open.proposal} onClose={() => setOpen(null)} onDone={done} />
      )}
    </>
  );
}

/** 日历提案: the list, or a new one. */
export function ProposalsView() {
  const [, , place, year] = segments.value;
  const wanted = Number(year);
  if (place !== 'new') return <ProposalList />;
  return <ProposeView year={Number.isInteger(wanted) && wanted > 1949 ? wanted : currentYear(Date.now())} />;
}

import type { ComponentChildren } from 'preact';
import { documents } from '../../api/documents';
import type { UserTaskDetail } from '../../api/types';
import { formatMoment } from '../../format/dates';
import { nameOf } from '../../format/text';
import { user } from '../../state/session';
import { delegationTo, isSigning } from './taskActionList';
import { EVIDENCE, SIGNING } from './words';

function Banner({ children, tone = 'plain' }: { children: ComponentChildren; tone?: 'plain' | 'warning' }) {
  return <p class={tone === 'warning' ? 'banner' : 'banner banner-plain'}>{children}</p>;
}

function Returned({ task }: { task: UserTaskDetail }) {
  if (!task.returned) return null;
  const { by, reason, direct, at } = task.returned;
  return (
    <Banner tone="warning">
      <b>{nameOf(by)}退回：</b>
      {reason}
      <span class="muted">
        {'　'}
        {formatMoment(at)}
        {direct && ' · 办理后直接送回退回人'}
      </span>
    </Banner>
  );
}

/** Who is waited for: the task is done, or can't be done yet. */
function Waiting({ task }: { task: UserTaskDetail }) {
  const left = task.signers.filter((signer) => signer.state === 'OPEN' || signer.state === 'WAITING');
  const names = left.map((signer) => nameOf(signer.user)).join('、');
  if (task.held) return <Banner>已办理，正在等候 {names} 签办，全部签完后生效。</Banner>;
  const before = left.filter((signer) => signer.kind === 'BEFORE').map((signer) => nameOf(signer.user));
  if (before.length) return <Banner>正在等候前加签人 {before.join('、')} 签办，签完后方可办理。</Banner>;
  return null;
}

function Delegated({ task }: { task: UserTaskDetail }) {
  const me = user.value?.id;
  const toMe = delegationTo(task, me);
  if (toMe) {
    return (
      <Banner>
        <b>{nameOf(toMe.fromUser)}委派您办理：</b>
        {toMe.reason}
        <span class="muted">　办毕后交回其确认</span>
      </Banner>
    );
  }
  const open = task.handovers.find((each) => each.kind === 'DELEGATE' && each.state === 'OPEN');
  if (open) {
    return (
      <Banner>
        已委派 {nameOf(open.toUser)} 办理：{open.reason}
      </Banner>
    );
  }
  const done = [...task.handovers].reverse().find((each) => each.kind === 'DELEGATE' && each.fromUser?.id === me);
  if (done?.variables && task.state === 'CREATED') {
    return (
      <Banner tone="warning">
        <b>{nameOf(done.toUser)}已办毕交回，请确认后提交。</b>
        {done.opinion && `意见：${done.opinion}`}
      </Banner>
    );
  }
  const last = task.handovers[task.handovers.length - 1];
  if (last?.kind === 'TRANSFER' && last.toUser?.id === me && task.state === 'CREATED') {
    return (
      <Banner>
        <b>{nameOf(last.fromUser)}转来：</b>
        {last.reason}
      </Banner>
    );
  }
  return null;
}

function Recorded({ task }: { task: UserTaskDetail }) {
  const recorded = task.recorded;
  if (!recorded) return null;
  const states = { UNCONFIRMED: '待本人确认', CONFIRMED: '本人已确认', DISPUTED: '本人不予确认' };
  return (
    <Banner tone={recorded.state === 'DISPUTED' ? 'warning' : 'plain'}>
      <b>
        由{nameOf(recorded.recordedBy)}代{nameOf(recorded.person)}录入
      </b>
      （{EVIDENCE[recorded.evidenceKind]}：{recorded.evidence}）<span class="tag">{states[recorded.state]}</span>
      {recorded.note && `　${recorded.note}`}
      {recorded.documentId ? (
        <a class="link" href={documents.address(recorded.documentId)} target="_blank" rel="noopener">
          　查看扫描件
        </a>
      ) : (
        recorded.evidenceKind === 'PAPER' && <span class="muted">　扫描件未补交</span>
      )}
    </Banner>
  );
}

/** Why a task is here and what it waits for: returned, delegated, handed over, waiting for signers, entered for somebody. */
export function Involvement({ task }: { task: UserTaskDetail }) {
  return (
    <>
      {task.onBehalfOf && <Banner>离岗委托：您代 {task.onBehalfOf.name} 办理。</Banner>}
      {isSigning(task) && task.binding && task.binding !== 'REWORK' && (
        <Banner>请您{SIGNING[task.binding]}：填写意见，选择同意或者不同意。</Banner>
      )}
      {task.binding === 'REWORK' && <Banner tone="warning">申请被退回，请修改后重新提交。</Banner>}
      <Returned task={task} />
      <Delegated task={task} />
      <Waiting task={task} />
      <Recorded task={task} />
    </>
  );
}

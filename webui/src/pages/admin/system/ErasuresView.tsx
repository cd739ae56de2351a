import { useState } from 'preact/hooks';
import { operations, type Erasure } from '../../../api/operations';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { ReasonField, required, TextField } from '../../../components/dialogs/fields';
import { useAct } from '../../../components/dialogs/useAct';
import { Empty, Loaded } from '../../../components/Loaded';
import { formatMoment } from '../../../format/dates';
import { useLoading } from '../../../state/loading';
import { showDone } from '../../../state/notices';
import { linkTo } from '../../../state/route';
import { user } from '../../../state/session';

const STATES: Record<Erasure['state'], { word: string; tone: string }> = {
  PROPOSED: { word: '待确认', tone: 'tag tag-warning' },
  ERASED: { word: '已清除', tone: 'tag tag-danger' },
  REJECTED: { word: '已否决', tone: 'tag' },
};

interface DialogProps {
  onClose: () => void;
  onDone: (said: string) => void;
}

const namesIn = (text: string) => text.split(/[\s,，、]+/).filter(Boolean);

function ProposeDialog({ onClose, onDone }: DialogProps) {
  const [caseKey, setCaseKey] = useState('');
  const [variables, setVariables] = useState('');
  const [basis, setBasis] = useState('');
  const act = useAct(['caseKey', 'variables', 'basis']);
  const { fields } = act.problems;
  const submit = async () => {
    let events = 0;
    const wrong = {
      caseKey: /^\d{1,19}$/.test(caseKey.trim()) ? '' : '请填写事项编号（事项页地址中的数字）。',
      variables: namesIn(variables).length ? '' : '请写明要清除哪些数据项。',
      basis: required(basis, '请写明法律依据。'),
    };
    const done = await act.run(async (key) => {
      const body = { variables: namesIn(variables), basis: basis.trim() };
      events = (await operations.proposeErasure(caseKey.trim(), body, key)).events.length;
    }, wrong);
    if (done) onDone(`已提出，涉及 ${events} 条历史记录，等待另一位系统管理员确认。`);
  };
  return (
    <Dialog title="提议清除内容" onClose={onClose}>
      <ActForm act={act} submit="提交提议" onSubmit={() => void submit()} onClose={onClose}>
        <p class="panel panel-warning">
          只用于依法必须清除的内容（误传涉密信息、依法更正或删除的个人信息）。清除不可恢复：历史、数据和运行状态中的内容都会去掉，
          摘要和链条保留，能证明清除前的其余部分没有改动。备份和附件须另行处理。
        </p>
        <TextField
          label="事项编号"
          maxLength={19}
          value={caseKey}
          problem={fields['caseKey']}
          onChange={setCaseKey}
        />
        <TextField
          label="数据项"
          maxLength={2000}
          hint="变量名，几个用顿号隔开。"
          value={variables}
          problem={fields['variables']}
          onChange={setVariables}
        />
        <ReasonField
          label="法律依据"
          usual={['《保守国家秘密法》第三十一条', '《个人信息保护法》第四十七条']}
          maxLength={1000}
          value={basis}
          problem={fields['basis']}
          onChange={setBasis}
        />
      </ActForm>
    </Dialog>
  );
}

function ConfirmDialog({ erasure, onClose, onDone }: DialogProps & { erasure: Erasure }) {
  const act = useAct([]);
  const submit = async () => {
    if (await act.run((key) => operations.confirmErasure(erasure.key, key))) onDone('内容已清除，经过已记录。');
  };
  return (
    <Dialog title="确认清除" about={`事项 ${erasure.processInstanceKey}`} onClose={onClose}>
      <ActForm act={act} submit="确认清除" danger onSubmit={() => void submit()} onClose={onClose}>
        <p>
          将清除 {erasure.events.length} 条历史记录中的“{erasure.variables.join('、')}”。<b>不可恢复。</b>
        </p>
        <p>依据：{erasure.basis}</p>
      </ActForm>
    </Dialog>
  );
}

function RejectDialog({ erasure, onClose, onDone }: DialogProps & { erasure: Erasure }) {
  const [reason, setReason] = useState('');
  const act = useAct(['reason']);
  const own = erasure.proposedBy?.id === user.value?.id;
  const submit = async () => {
    const wrong = { reason: required(reason, '请写明理由。') };
    if (await act.run((key) => operations.rejectErasure(erasure.key, reason.trim(), key), wrong)) {
      onDone(own ? '提议已撤回。' : '提议已否决。');
    }
  };
  return (
    <Dialog title={own ? '撤回提议' : '否决提议'} about={`事项 ${erasure.processInstanceKey}`} onClose={onClose}>
      <ActForm act={act} submit={own ? '确认撤回' : '确认否决'} onSubmit={() => void submit()} onClose={onClose}>
        <ReasonField maxLength={1000} value={reason} problem={act.problems.fields['reason']} onChange={setReason} />
      </ActForm>
    </Dialog>
  );
}

type Open = { dialog: 'propose' } | { dialog: 'confirm' | 'reject'; erasure: Erasure };

function Row({ erasure, onOpen }: { erasure: Erasure; onOpen: (open: Open) => void }) {
  const own = erasure.proposedBy?.id === user.value?.id;
  const state = STATES[erasure.state];
  return (
    <tr>
      <td data-label="事项" class="cell-main">
        <a class="link" href={linkTo('cases', erasure.processInstanceKey)}>
          {erasure.processInstanceKey}
        </a>
        <span class="muted cell-sub">
          {erasure.variables.join('、')} · {erasure.events.length} 条记录
        </span>
      </td>
      <td data-label="依据" class="cell-text">
        {erasure.basis}
      </td>
      <td data-label="提出" class="nowrap">
        {erasure.proposedBy?.name ?? '—'}
        <span class="muted cell-sub">{formatMoment(erasure.proposedAt)}</span>
      </td>
      <td data-label="状态" class="nowrap">
        <span class={state.tone}>{state.word}</span>
        {erasure.decidedBy && (
          <span class="muted cell-sub">
            {erasure.decidedBy.name} {formatMoment(erasure.decidedAt)}
          </span>
        )}
        {erasure.reason && <span class="muted cell-sub">{erasure.reason}</span>}
      </td>
      <td data-label="操作">
        {erasure.state === 'PROPOSED' ? (
          <span class="button-row">
            {!own && (
              <button type="button" class="button button-small" onClick={() => onOpen({ dialog: 'confirm', erasure })}>
                确认清除
              </button>
            )}
            <button type="button" class="button button-small" onClick={() => onOpen({ dialog: 'reject', erasure })}>
              {own ? '撤回' : '否决'}
            </button>
          </span>
        ) : (
          '—'
        )}
      </td>
    </tr>
  );
}

/** 清除内容: proposed by one system administrator, done by another. */
export function ErasuresView() {
  const loading = useLoading(() => operations.erasures(), []);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const done = (said: string) => {
    close();
    showDone(said);
    loading.reload();
  };
  return (
    <>
      <div class="page-head">
        <h1>清除内容</h1>
        <button type="button" class="button" onClick={() => setOpen({ dialog: 'propose' })}>
          提议清除
        </button>
      </div>
      <p class="page-lead">由一位系统管理员提议，另一位确认。内容清除后，谁清除了什么仍有记录。</p>
      <Loaded of={loading}>
        {({ items }) =>
          items.length ? (
            <div class="table-frame">
              <table class="table">
                <thead>
                  <tr>
                    <th>事项</th>
                    <th>依据</th>
                    <th>提出</th>
                    <th>状态</th>
                    <th>操作</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((erasure) => (
                    <Row key={erasure.key} erasure={erasure} onOpen={setOpen} />
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <Empty>没有清除过内容。</Empty>
          )
        }
      </Loaded>
      {open?.dialog === 'propose' && <ProposeDialog onClose={close} onDone={done} />}
      {open?.dialog === 'confirm' && <ConfirmDialog erasure={open.erasure} onClose={close} onDone={done} />}
      {open?.dialog === 'reject' && <RejectDialog erasure={open.erasure} onClose={close} onDone={done} />}
    </>
  );
}

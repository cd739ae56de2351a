import { useMemo, useState } from 'preact/hooks';
import { secondFactor, type Algorithm } from '../../api/own';
import { Loaded } from '../../components/Loaded';
import { Choices } from '../../components/dialogs/fields';
import { useAct } from '../../components/dialogs/useAct';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { CodeField } from '../../components/dialogs/CodeField';
import { qrPicture } from './qr';

interface Enrolment {
  secret: string;
  uri: string;
}

function QrCode({ text }: { text: string }) {
  const { size, path } = useMemo(() => qrPicture(text), [text]);
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label="二维码：用验证器扫描" shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

const grouped = (secret: string) => (secret.replace(/=+$/, '').match(/.{1,4}/g) ?? []).join(' ');

function Confirm({ enrolment, onDone, onCancel }: { enrolment: Enrolment; onDone: () => void; onCancel: () => void }) {
  const [code, setCode] = useState('');
  const act = useAct(['code']);
  const confirm = async (event: Event) => {
    event.preventDefault();
    const wrong = { code: /^\d{6}$/.test(code) ? '' : '请输入验证器显示的 6 位数字。' };
    if (await act.run(() => secondFactor.confirm(code), wrong)) onDone();
    else setCode('');
  };
  return (
    <form class="sheet enrol" onSubmit={(event) => void confirm(event)} noValidate>
      <QrCode text={enrolment.uri} />
      <div class="enrol-steps">
        <h2>绑定验证器</h2>
        <ol>
          <li>打开手机上的验证器，选择“扫描二维码”，扫描左侧图案。</li>
          <li>
            不能扫描时，选择“手动输入”，填入密钥：
            <code class="secret">{grouped(enrolment.secret)}</code>
          </li>
          <li>输入验证器当前显示的 6 位口令，完成绑定。密钥只显示这一次。</li>
        </ol>
        <CodeField value={code} problem={act.problems.fields['code']} onChange={setCode} />
        <div class="form-foot">
          <button type="submit" class="button button-primary" disabled={act.busy}>
            {act.busy ? '正在核对……' : '确认启用'}
          </button>
          <button type="button" class="button" onClick={onCancel}>
            取消
          </button>
          <p class="field-error" role="alert">
            {act.problems.rest}
          </p>
        </div>
      </div>
    </form>
  );
}

function Begin({ onEnrolled }: { onEnrolled: (enrolment: Enrolment) => void }) {
  const [algorithm, setAlgorithm] = useState<Algorithm>('SHA1');
  const act = useAct([]);
  const begin = async () => {
    let made: Enrolment | null = null;
    await act.run(async () => {
      made = await secondFactor.enrol(algorithm);
    });
    if (made) onEnrolled(made);
  };
  return (
    <div class="sheet form-stack">
      <p>
        <span class="tag">未启用</span> 签发、用印等环节要求二次验证。启用后，提交这些环节时须再输入手机验证器上的动态口令。
      </p>
      <Choices
        label="口令算法"
        value={algorithm}
        onChange={setAlgorithm}
        choices={[
          { value: 'SHA1', label: '通用（SHA-1）', note: '各种手机验证器都支持。' },
          { value: 'SM3', label: '国密（SM3）', note: '仅用于支持国密算法的验证器或令牌。' },
        ]}
      />
      <div class="form-foot">
        <button type="button" class="button button-primary" disabled={act.busy} onClick={() => void begin()}>
          {act.busy ? '正在生成……' : '开始设置'}
        </button>
        <p class="field-error" role="alert">
          {act.problems.rest}
        </p>
      </div>
    </div>
  );
}

function InUse({ onRemoved }: { onRemoved: () => void }) {
  const [code, setCode] = useState('');
  const act = useAct(['code']);
  const remove = async (event: Event) => {
    event.preventDefault();
    const wrong = { code: /^\d{6}$/.test(code) ? '' : '请输入验证器显示的 6 位数字。' };
    if (await act.run(() => secondFactor.remove(code), wrong)) onRemoved();
    else setCode('');
  };
  return (
    <form class="sheet form-stack" onSubmit={(event) => void remove(event)} noValidate>
      <p>
        <span class="tag tag-good">已启用</span> 签发、用印等环节提交时会要求输入动态口令。
      </p>
      <h2 class="enrol-stop">停用</h2>
      <p class="muted">更换手机前请先停用，再在新手机上重新绑定。手机遗失的，请联系安全管理员移除。</p>
      <CodeField value={code} problem={act.problems.fields['code']} onChange={setCode} />
      <div class="form-foot">
        <button type="submit" class="button" disabled={act.busy}>
          {act.busy ? '正在核对……' : '停用二次验证'}
        </button>
        <p class="field-error" role="alert">
          {act.problems.rest}
        </p>
      </div>
    </form>
  );
}

/** The second proof of identity: bound to the person's phone by a code, taken away by another. */
export function SecondFactorView() {
  const loading = useLoading(() => secondFactor.read(), []);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const changed = (said: string) => {
    setEnrolment(null);
    showDone(said);
    loading.reload();
  };
  return (
    <>
      <div class="page-head">
        <h1>二次验证</h1>
      </div>
      <Loaded of={loading}>
        {({ confirmed }) =>
          enrolment ? (
            <Confirm enrolment={enrolment} onDone={() => changed('二次验证已启用。')} onCancel={() => setEnrolment(null)} />
          ) : confirmed ? (
            <InUse onRemoved={() => changed('二次验证已停用。')} />
          ) : (
            <Begin onEnrolled={setEnrolment} />
          )
        }
      </Loaded>
    </>
  );
}

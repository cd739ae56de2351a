import { useState } from 'preact/hooks';
import { operations, type Connection } from '../../../api/operations';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { NumberField, TextField, Tick } from '../../../components/dialogs/fields';
import { useAct } from '../../../components/dialogs/useAct';
import { Empty, Loaded } from '../../../components/Loaded';
import { formatMoment } from '../../../format/dates';
import { useLoading } from '../../../state/loading';
import { showDone } from '../../../state/notices';
import { readHeaders } from './headers';

interface DialogProps {
  connection: Connection | null;
  onClose: () => void;
  onDone: (said: string) => void;
}

function ConnectionDialog({ connection, onClose, onDone }: DialogProps) {
  const [name, setName] = useState(connection?.name ?? '');
  const [baseUrl, setBaseUrl] = useState(connection?.baseUrl ?? '');
  const [timeout, setTimeout] = useState(String(connection?.timeoutSeconds ?? 30));
  const [replace, setReplace] = useState(!connection);
  const [headers, setHeaders] = useState('');
  const act = useAct(['name', 'baseUrl', 'timeoutSeconds', 'headers']);
  const { fields } = act.problems;
  const submit = async () => {
    const read = replace ? readHeaders(headers) : { headers: null };
    const seconds = Number(timeout);
    const wrong = {
      name: /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) ? '' : '请用字母、数字和 . _ - 命名，流程图按此名调用。',
      baseUrl: /^https?:\/\/\S+$/.test(baseUrl.trim()) ? '' : '请填写 http:// 或 https:// 开头的地址。',
      timeoutSeconds: Number.isInteger(seconds) && seconds >= 1 && seconds <= 300 ? '' : '请填写 1 到 300 的整数。',
      headers: 'problem' in read ? read.problem : '',
    };
    let address = '';
    const done = await act.run(async (key) => {
      const body = { baseUrl: baseUrl.trim(), timeoutSeconds: seconds, headers: 'headers' in read ? read.headers : null };
      ({ address } = await operations.putConnection(name, body, key));
    }, wrong);
    if (done) onDone(`连接“${name}”已登记，固定到地址 ${address}。`);
  };
  return (
    <Dialog title={connection ? '修改连接' : '登记连接'} about={connection?.name} onClose={onClose}>
      <ActForm act={act} submit="保存" onSubmit={() => void submit()} onClose={onClose}>
        {!connection && (
          <TextField label="名称" maxLength={100} value={name} problem={fields['name']} onChange={setName} />
        )}
        <TextField
          label="地址"
          maxLength={500}
          placeholder="https://registry.example.gov.cn/api"
          hint="保存时解析主机并固定其 IP；域名以后改指别处也不会跟随。"
          value={baseUrl}
          problem={fields['baseUrl']}
          onChange={setBaseUrl}
        />
        <NumberField
          label="超时（秒）"
          max={300}
          value={timeout}
          problem={fields['timeoutSeconds']}
          onChange={setTimeout}
        />
        {connection && (
          <Tick
            label="更换请求头"
            note={connection.headers.length ? `现有：${connection.headers.join('、')}（值不显示）` : '现在没有请求头。'}
            checked={replace}
            onChange={setReplace}
          />
        )}
        {replace && (
          <TextField
            label="请求头"
            optional
            rows={3}
            maxLength={5000}
            placeholder="X-Api-Key: ……"
            hint="每行一个“名称: 值”。保存后值不再显示。"
            value={headers}
            problem={fields['headers']}
            onChange={setHeaders}
          />
        )}
      </ActForm>
    </Dialog>
  );
}

function ForgetDialog({ connection, onClose, onDone }: DialogProps & { connection: Connection }) {
  const act = useAct([]);
  const submit = async () => {
    if (await act.run(() => operations.deleteConnection(connection.name))) onDone(`连接“${connection.name}”已删除。`);
  };
  return (
    <Dialog title="删除连接" about={connection.name} onClose={onClose}>
      <ActForm act={act} submit="确认删除" danger onSubmit={() => void submit()} onClose={onClose}>
        <p>删除后，调用此连接的流程环节会出现异常，直到重新登记同名连接。</p>
      </ActForm>
    </Dialog>
  );
}

type Open = { dialog: 'edit'; connection: Connection | null } | { dialog: 'forget'; connection: Connection };

/** 外部连接: outside systems that diagrams may call, by name. */
export function ConnectionsView() {
  const loading = useLoading(() => operations.connections(), []);
  const [open, setOpen] = useState<Open | null>(null);
  const done = (said: string) => {
    setOpen(null);
    showDone(said);
    loading.reload();
  };
  return (
    <>
      <div class="page-head">
        <h1>外部连接</h1>
        <button
          type="button"
          class="button button-primary"
          onClick={() => setOpen({ dialog: 'edit', connection: null })}
        >
          登记连接
        </button>
      </div>
      <p class="page-lead">流程图只能调用在此登记的外部系统。</p>
      <Loaded of={loading}>
        {({ items }) =>
          items.length ? (
            <div class="table-frame">
              <table class="table">
                <thead>
                  <tr>
                    <th>名称</th>
                    <th>地址</th>
                    <th>请求头</th>
                    <th class="number">超时</th>
                    <th>登记</th>
                    <th>操作</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((connection) => (
                    <tr key={connection.name}>
                      <td data-label="名称" class="cell-main">
                        {connection.name}
                      </td>
                      <td data-label="地址" class="cell-text">
                        {connection.baseUrl}
                        <span class="muted cell-sub">固定到 {connection.address}</span>
                      </td>
                      <td data-label="请求头">{connection.headers.join('、') || '—'}</td>
                      <td data-label="超时" class="number">
                        {connection.timeoutSeconds} 秒
                      </td>
                      <td data-label="登记" class="nowrap">
                        {connection.changedBy?.name ?? '—'}
                        <span class="muted cell-sub">{formatMoment(connection.changedAt)}</span>
                      </td>
                      <td data-label="操作">
                        <span class="button-row">
                          <button
                            type="button"
                            class="button button-small"
                            aria-label={`修改${connection.name}`}
                            onClick={() => setOpen({ dialog: 'edit', connection })}
                          >
                            修改
                          </button>
                          <button
                            type="button"
                            class="button button-small"
                            aria-label={`删除${connection.name}`}
                            onClick={() => setOpen({ dialog: 'forget', connection })}
                          >
                            删除
                          </button>
                        </span>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <Empty>没有登记外部连接。</Empty>
          )
        }
      </Loaded>
      {open?.dialog === 'edit' && (
        <ConnectionDialog connection={open.connection} onClose={() => setOpen(null)} onDone={done} />
      )}
      {open?.dialog === 'forget' && (
        <ForgetDialog connection={open.connection} onClose={() => setOpen(null)} onDone={done} />
      )}
    </>
  );
}

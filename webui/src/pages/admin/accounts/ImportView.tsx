import { useState } from 'preact/hooks';
import { accounts, type ImportPreview } from '../../../api/accounts';
import { organisation } from '../../../api/organisation';
import { FileField } from '../../../components/fields/FileField';
import { useAct } from '../../../components/dialogs/useAct';
import { Empty } from '../../../components/Loaded';
import { csvAddress } from '../../../format/templates';
import { useLoading } from '../../../state/loading';
import { showDone } from '../../../state/notices';
import { nameMap } from '../../organisation/names';
import { ACTION_TONES, ACTION_WORDS, changeWords } from './importWords';

const TEMPLATE = csvAddress(
  ['用户名', '姓名', '机构', '角色', '岗位', '邮箱', '类型', '在用'],
  ['zhangsan', '张三', '办公室', '经办人@bgs', '', 'zhangsan@example.gov.cn', '本局', '是'],
);

function Problems({ preview }: { preview: ImportPreview }) {
  return (
    <section class="section">
      <h2>
        错误 <span class="counted">{preview.problems.length} 处，改正文件后重新选择</span>
      </h2>
      <div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th>表</th>
              <th class="number">行</th>
              <th>列</th>
              <th>问题</th>
            </tr>
          </thead>
          <tbody>
            {preview.problems.map((problem, position) => (
              <tr key={position}>
                <td data-label="表">{problem.sheet}</td>
                <td data-label="行" class="number">
                  {problem.row}
                </td>
                <td data-label="列">{problem.column ?? '—'}</td>
                <td data-label="问题" class="cell-text">
                  {problem.message}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Changes({ preview }: { preview: ImportPreview }) {
  const departments = useLoading(() => organisation.departments(), []);
  const names = nameMap(departments.value?.items ?? []);
  return (
    <section class="section">
      <h2>
        {preview.applied ? '已导入' : '将要更改'} <span class="counted">{preview.changes.length} 项</span>
      </h2>
      <div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th>表</th>
              <th class="number">行</th>
              <th>操作</th>
              <th>对象</th>
              <th>内容</th>
            </tr>
          </thead>
          <tbody>
            {preview.changes.map((change) => (
              <tr key={`${change.sheet}${change.row}`}>
                <td data-label="表">{change.sheet}</td>
                <td data-label="行" class="number">
                  {change.row}
                </td>
                <td data-label="操作" class="nowrap">
                  <span class={ACTION_TONES[change.action]}>{ACTION_WORDS[change.action]}</span>
                </td>
                <td data-label="对象" class="cell-main">
                  {change.name}
                  <span class="muted cell-sub cell-code">{change.id}</span>
                </td>
                <td data-label="内容" class="cell-text">
                  {changeWords(change.changes, names)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Result({ preview }: { preview: ImportPreview }) {
  if (preview.problems.length) return <Problems preview={preview} />;
  if (!preview.changes.length) return <Empty>文件与现有资料相同，没有需要更改的。</Empty>;
  return <Changes preview={preview} />;
}

/** 人员导入: choose a spreadsheet, see every change and mistake, then import exactly what was seen. */
export function ImportView() {
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const act = useAct(['file']);
  const look = async (chosen: File | null) => {
    setFile(chosen);
    setPreview(null);
    if (!chosen) return;
    await act.run(async () => setPreview(await accounts.previewImport(chosen)));
  };
  const importIt = async () => {
    if (!file || !preview) return;
    const done = await act.run(async () => setPreview(await accounts.importPeople(file, preview.digest)));
    if (done) showDone('已导入。');
  };
  const ready = preview && !preview.applied && !preview.problems.length && preview.changes.length > 0;
  return (
    <>
      <div class="page-head">
        <h1>人员导入</h1>
        <a class="button" href={TEMPLATE} download="人员.csv">
          下载样表
        </a>
      </div>
      <p class="page-lead">
        工作表“机构”“角色”“人员”，第一行为列名；没有给出的列和不在表中的人员保持不变。先看清更改，再确认导入。
      </p>
      <div class="sheet form-stack">
        <FileField
          label="电子表格"
          accept=".xlsx,.csv"
          hint="人员表的列：用户名、姓名、机构、角色、岗位、邮箱、类型（本局/外部）、在用（是/否）。"
          problem={act.problems.fields['file']}
          disabled={act.busy}
          onChange={(chosen) => void look(chosen)}
        />
        <div class="form-foot">
          <button
            type="button"
            class="button button-primary"
            disabled={!ready || act.busy}
            onClick={() => void importIt()}
          >
            {act.busy ? '正在处理……' : '确认导入'}
          </button>
          {preview && (
            <span class="muted">
              摘要 <span class="cell-code">{preview.digest.slice(0, 16)}</span>
            </span>
          )}
          <p class="field-error" role="alert">
            {act.problems.rest}
          </p>
        </div>
        {preview?.firstPassword && (
          <p class="told-once" role="status">
            新用户的初始密码 <code>{preview.firstPassword}</code> 只显示这一次；首次登录须修改。
          </p>
        )}
      </div>
      {preview && <Result preview={preview} />}
    </>
  );
}

import { useState } from 'preact/hooks';
import { admin } from '../../api/endpoints';
import type { AdminProcedure, Problem } from '../../api/types';
import { Empty, Loaded } from '../../components/Loaded';
import { departmentName } from '../../format/text';
import { formatMoment } from '../../format/dates';
import { useLoading } from '../../state/loading';

const SEVERITY_WORDS: Record<string, string> = { error: '错误', warning: '警告', note: '说明' };
const STATE_WORDS: Record<string, string> = {
  active: '运行中',
  refused: '未通过检查',
  'not-startable': '不可发起',
};

/** Refused with its set: its own file may have no fault. */
const refusedWithOthers = (procedure: AdminProcedure) =>
  procedure.state === 'refused' && procedure.problems.length === 0;

const errorsOf = (procedure: AdminProcedure) =>
  procedure.problems.filter((problem) => problem.severity === 'error').length;

function Problems({ problems }: { problems: Problem[] }) {
  return (
    <table class="table problems">
      <thead>
        <tr>
          <th>程度</th>
          <th>文件</th>
          <th class="number">行</th>
          <th>元素</th>
          <th>问题</th>
          <th>代码</th>
        </tr>
      </thead>
      <tbody>
        {problems.map((problem, position) => (
          <tr key={position}>
            <td data-label="程度" class="nowrap">
              <span class={problem.severity === 'error' ? 'tag tag-danger' : 'tag tag-warning'}>
                {SEVERITY_WORDS[problem.severity] ?? problem.severity}
              </span>
            </td>
            <td data-label="文件" class="cell-code">
              {problem.file}
            </td>
            <td data-label="行" class="number">
              {problem.line ?? '—'}
            </td>
            <td data-label="元素" class="cell-code">
              {problem.element ?? '—'}
            </td>
            <td data-label="问题" class="cell-text">
              {problem.message}
            </td>
            <td data-label="代码" class="cell-code">
              {problem.code}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CheckResult({ procedure, open, onToggle }: {
  procedure: AdminProcedure;
  open: boolean;
  onToggle: () => void;
}) {
  const errors = errorsOf(procedure);
  const others = procedure.problems.length - errors;
  if (refusedWithOthers(procedure)) return <span class="tag tag-danger">同组文件有错误</span>;
  if (!procedure.problems.length) return <span class="tag tag-good">通过</span>;
  return (
    <button type="button" class="button button-small" aria-expanded={open} onClick={onToggle}>
      {[errors && `${errors} 个错误`, others && `${others} 个提示`].filter(Boolean).join('，')}
      {open ? ' ▴' : ' ▾'}
    </button>
  );
}

function Row({ procedure }: { procedure: AdminProcedure }) {
  const [open, setOpen] = useState(errorsOf(procedure) > 0);
  return (
    <>
      <tr>
        <td data-label="流程" class="cell-main">
          {procedure.name}
          <span class="muted cell-sub">{procedure.id}</span>
        </td>
        <td data-label="科室">{departmentName(procedure.department) || '—'}</td>
        <td data-label="版本" class="number">
          {procedure.version ?? '—'}
        </td>
        <td data-label="部署时间" class="nowrap">
          {formatMoment(procedure.deployedAt)}
        </td>
        <td data-label="状态">{STATE_WORDS[procedure.state] ?? procedure.state}</td>
        <td data-label="检查结果">
          <CheckResult procedure={procedure} open={open} onToggle={() => setOpen(!open)} />
        </td>
      </tr>
      {open && procedure.problems.length > 0 && (
        <tr class="row-detail">
          <td colSpan={6}>
            <Problems problems={procedure.problems} />
          </td>
        </tr>
      )}
    </>
  );
}

/** Every procedure with its version and what the last look at its files found; refused ones first. */
export function ProceduresView() {
  const loading = useLoading(() => admin.procedures(), []);
  return (
    <>
      <div class="page-head">
        <h1>流程</h1>
        <button type="button" class="button" disabled={loading.busy} onClick={loading.reload}>
          刷新
        </button>
      </div>
      <Loaded of={loading}>
        {(procedures) =>
          procedures.length ? (
            <div class="table-frame">
              <table class="table">
                <thead>
                  <tr>
                    <th>流程</th>
                    <th>科室</th>
                    <th class="number">版本</th>
                    <th>部署时间</th>
                    <th>状态</th>
                    <th>检查结果</th>
                  </tr>
                </thead>
                <tbody>
                  {[...procedures]
                    .sort((a, b) => errorsOf(b) - errorsOf(a))
                    .map((procedure) => (
                      <Row key={procedure.id} procedure={procedure} />
                    ))}
                </tbody>
              </table>
            </div>
          ) : (
            <Empty>还没有流程。把 .bpmn 文件放入 bpmn/ 目录即可。</Empty>
          )
        }
      </Loaded>
    </>
  );
}

import { useState } from 'preact/hooks';
import { supervision } from '../../api/supervision';
import { ActForm } from '../../components/dialogs/ActForm';
import { Dialog } from '../../components/dialogs/Dialog';
import { useAct } from '../../components/dialogs/useAct';
import { FileField } from '../../components/fields/FileField';
import { Empty, Loaded } from '../../components/Loaded';
import { SearchField } from '../../components/SearchField';
import { csvAddress } from '../../format/templates';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { permissions } from '../../state/permissions';

const TEMPLATE = csvAddress(['编号', '姓名', '单位', '领域', '停用'], ['Z001', '张三', '某研究所', '装备、焊接', '']);

function ImportDialog({ onClose, onDone }: { onClose: () => void; onDone: (count: number) => void }) {
  const [file, setFile] = useState<File | null>(null);
  const act = useAct(['file']);
  const submit = async () => {
    let count = 0;
    const done = await act.run(
      async (key) => {
        if (file) count = (await supervision.importExperts(file, key)).experts;
      },
      { file: file ? '' : '请选择文件。' },
    );
    if (done) onDone(count);
  };
  return (
    <Dialog title="导入专家库" onClose={onClose}>
      <ActForm act={act} submit="导入并替换" onSubmit={() => void submit()} onClose={onClose}>
        <p class="panel panel-warning">导入的名单整体替换现有专家库。已经公布和完成的抽取不受影响。</p>
        <FileField
          label="专家名单"
          accept=".xlsx,.csv,.yaml,.yml"
          hint="Excel 或 WPS 表格（.xlsx）、.csv 或 .yaml；表头为 编号、姓名、单位、领域，可有 停用；几个领域用顿号隔开。"
          problem={act.problems.fields['file']}
          onChange={setFile}
        />
        <p>
          <a class="link" href={TEMPLATE} download="专家.csv">
            下载样表
          </a>
        </p>
      </ActForm>
    </Dialog>
  );
}

/** 专家库: who can be drawn. 政工科 keeps it, those who supervise see it. */
export function ExpertsView() {
  const loading = useLoading(() => supervision.experts(), []);
  const [search, setSearch] = useState('');
  const [importing, setImporting] = useState(false);
  return (
    <>
      <div class="page-head">
        <h1>专家库</h1>
        <div class="filters">
          <SearchField label="搜索专家" placeholder="搜索姓名、单位、领域" value={search} onSearch={setSearch} />
          {permissions().draws && (
            <button type="button" class="button button-primary" onClick={() => setImporting(true)}>
              导入
            </button>
          )}
        </div>
      </div>
      <Loaded of={loading}>
        {({ items }) => {
          const found = items.filter((expert) =>
            `${expert.id} ${expert.name} ${expert.employer} ${expert.fields.join(' ')}`
              .toLowerCase()
              .includes(search.toLowerCase()),
          );
          if (!found.length) return <Empty>{items.length ? '没有符合条件的专家。' : '专家库是空的，由政工科导入。'}</Empty>;
          return (
            <>
              <p class="page-lead">
                共 {items.length} 人，其中可抽取 {items.filter((expert) => expert.active).length} 人。
              </p>
              <div class="table-frame">
                <table class="table">
                  <thead>
                    <tr>
                      <th>编号</th>
                      <th>姓名</th>
                      <th>单位</th>
                      <th>领域</th>
                      <th>状态</th>
                    </tr>
                  </thead>
                  <tbody>
                    {found.map((expert) => (
                      <tr key={expert.id} class={expert.active ? undefined : 'row-muted'}>
                        <td data-label="编号" class="cell-code">
                          {expert.id}
                        </td>
                        <td data-label="姓名" class="nowrap">
                          {expert.name}
                        </td>
                        <td data-label="单位">{expert.employer}</td>
                        <td data-label="领域">{expert.fields.join('、')}</td>
                        <td data-label="状态" class="nowrap">
                          {expert.active ? '可抽取' : <span class="tag">停用</span>}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          );
        }}
      </Loaded>
      {importing && (
        <ImportDialog
          onClose={() => setImporting(false)}
          onDone={(count) => {
            setImporting(false);
            showDone(`专家库已更新，共 ${count} 人。`);
            loading.reload();
          }}
        />
      )}
    </>
  );
}

import { useState } from 'preact/hooks';
import { accounts } from '../../../api/accounts';
import { Empty, Loaded } from '../../../components/Loaded';
import { SearchField } from '../../../components/SearchField';
import { formatMoment } from '../../../format/dates';
import { partRead } from '../../../format/reads';
import { useLoading } from '../../../state/loading';
import { linkTo } from '../../../state/route';

/** 查阅记录: who read cases that are restricted, for the audit administrator. */
export function CaseReadsView() {
  const [caseKey, setCaseKey] = useState('');
  const wanted = caseKey.replace(/\D/g, '');
  const loading = useLoading(() => accounts.caseReads(wanted), [wanted]);
  return (
    <>
      <div class="page-head">
        <h1>受限案件查阅记录</h1>
        <SearchField label="按事项编号筛选" placeholder="事项编号（数字）" value={caseKey} onSearch={setCaseKey} />
      </div>
      <p class="page-lead">人事、信访等受限案件，每次查阅都有记录。只供审计管理员查看。</p>
      <Loaded of={loading}>
        {({ items }) =>
          items.length ? (
            <div class="table-frame">
              <table class="table">
                <thead>
                  <tr>
                    <th>时间</th>
                    <th>人员</th>
                    <th>事项</th>
                    <th>查阅内容</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((read, position) => (
                    <tr key={position}>
                      <td data-label="时间" class="nowrap">
                        {formatMoment(read.readAt)}
                      </td>
                      <td data-label="人员" class="nowrap">
                        {read.user.name}
                        <span class="muted cell-sub">{read.user.id}</span>
                      </td>
                      <td data-label="事项" class="cell-main">
                        <a class="link" href={linkTo('cases', read.processInstanceKey)}>
                          {read.caseTitle}
                        </a>
                        <span class="muted cell-sub cell-code">{read.processInstanceKey}</span>
                      </td>
                      <td data-label="查阅内容">
                        <span title={read.resource}>{partRead(read.resource)}</span>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <Empty>没有查阅记录。</Empty>
          )
        }
      </Loaded>
    </>
  );
}

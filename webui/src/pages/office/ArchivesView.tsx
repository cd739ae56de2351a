import { useState } from 'preact/hooks';
import { archives } from '../../api/archives';
import { documents } from '../../api/documents';
import { Empty, Loaded } from '../../components/Loaded';
import { PagedList } from '../../components/PagedList';
import { SearchField } from '../../components/SearchField';
import { formatMoment } from '../../format/dates';
import { sizeWords } from '../../forms/attachments';
import { useLoading } from '../../state/loading';
import { usePaged } from '../../state/paged';
import { linkTo } from '../../state/route';

/** 归档包: packages of ended cases, for archivists and auditors. */
export function ArchivesView() {
  const [search, setSearch] = useState('');
  const paged = usePaged((cursor) => archives.list(search, cursor), [search]);
  return (
    <>
      <div class="page-head">
        <h1>归档包</h1>
        <SearchField label="搜索归档包" placeholder="标题或档号" value={search} onSearch={setSearch} />
      </div>
      <PagedList of={paged} empty="没有符合条件的归档包。">
        {(items) => (
          <div class="table-frame">
            <table class="table">
              <thead>
                <tr>
                  <th>事项</th>
                  <th>归档包</th>
                  <th>门类、保管期限</th>
                  <th>归档时间</th>
                  <th>摘要（SM3）</th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={item.documentId}>
                    <td class="cell-main">
                      <a class="link" href={linkTo('cases', item.processInstanceKey, 'issued')}>
                        {item.title}
                      </a>
                    </td>
                    <td data-label="归档包">
                      <a class="link" href={documents.address(item.documentId)} download>
                        {item.fileName}
                      </a>
                      <span class="muted cell-sub">{sizeWords(item.size)}</span>
                    </td>
                    <td data-label="门类、期限">
                      {item.category} {item.period}
                      <span class="muted cell-sub">{item.year}年</span>
                    </td>
                    <td data-label="归档时间" class="nowrap">
                      {formatMoment(item.archivedAt)}
                    </td>
                    <td data-label="摘要（SM3）" class="cell-code">
                      {item.sm3}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </PagedList>
    </>
  );
}

/** 不能归档: ended cases whose package lacks something, and what. */
export function RefusedArchivesView() {
  const loading = useLoading(() => archives.refused(), []);
  return (
    <>
      <div class="page-head">
        <h1>不能归档的事项</h1>
      </div>
      <p class="page-lead">补齐所缺的内容后，在事项页“文号送达”中重新制作归档包。</p>
      <Loaded of={loading}>
        {({ items }) =>
          items.length ? (
            <div class="table-frame">
              <table class="table">
                <thead>
                  <tr>
                    <th>事项</th>
                    <th>办结时间</th>
                    <th>所缺</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <tr key={item.processInstanceKey}>
                      <td class="cell-main">
                        <a class="link" href={linkTo('cases', item.processInstanceKey, 'issued')}>
                          {item.title}
                        </a>
                      </td>
                      <td data-label="办结时间" class="nowrap">
                        {formatMoment(item.endedAt)}
                      </td>
                      <td data-label="所缺" class="cell-text">
                        {item.problems.join('；')}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <Empty>没有不能归档的事项。</Empty>
          )
        }
      </Loaded>
    </>
  );
}

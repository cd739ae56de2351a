import { useState } from 'preact/hooks';
import { supervision, type LawDifference } from '../../api/supervision';
import { Empty, Loaded } from '../../components/Loaded';
import { SearchField } from '../../components/SearchField';
import { useLoading } from '../../state/loading';

const matches = (item: LawDifference, search: string) =>
  search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => `${item.topic} ${item.seed} ${item.law} ${item.handled}`.toLowerCase().includes(word));

function Rows({ items }: { items: LawDifference[] }) {
  return (
    <div class="table-frame">
      <table class="table law-table">
        <thead>
          <tr>
            <th>事项</th>
            <th>职责清单（2020）</th>
            <th>现行法律</th>
            <th>本系统的处理</th>
            <th>状态</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.topic}${item.seed}`}>
              <td data-label="事项" class="cell-main cell-text">
                {item.topic}
              </td>
              <td data-label="清单" class="cell-text">
                <span>
                  {item.seed} {item.lines && <span class="muted">{item.lines}</span>}
                </span>
              </td>
              <td data-label="法律" class="cell-text">
                {item.law}
              </td>
              <td data-label="处理" class="cell-text">
                {item.handled}
              </td>
              <td data-label="状态" class="nowrap">
                {item.open ? <span class="tag tag-warning">待决定</span> : <span class="tag tag-good">已处理</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where the duty list of 2020 and the law of today differ, and what is done about each. */
export function LawView() {
  const loading = useLoading(() => supervision.lawDifferences(), []);
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState(false);
  return (
    <>
      <div class="page-head">
        <h1>清单与法律差异</h1>
        <div class="filters">
          <SearchField label="搜索差异" placeholder="搜索事项、法律" value={search} onSearch={setSearch} />
          <label class="choice">
            <input type="checkbox" checked={open} onChange={(event) => setOpen(event.currentTarget.checked)} />
            <span>只看待决定</span>
          </label>
        </div>
      </div>
      <p class="page-lead">职责清单印发后法律有变化，或清单期限与法律不一致的，逐条列明依据和处理办法。</p>
      <Loaded of={loading}>
        {({ items }) => {
          const found = items.filter((item) => matches(item, search) && (!open || item.open));
          const [topics, limits] = [found.filter((item) => item.kind === 'topic'), found.filter((item) => item.kind === 'limit')];
          if (!found.length) return <Empty>没有符合条件的差异。</Empty>;
          return (
            <>
              {topics.length > 0 && (
                <section class="section">
                  <h2>
                    做法 <span class="counted">{topics.length} 项</span>
                  </h2>
                  <Rows items={topics} />
                </section>
              )}
              {limits.length > 0 && (
                <section class="section">
                  <h2>
                    期限 <span class="counted">{limits.length} 项</span>
                  </h2>
                  <Rows items={limits} />
                </section>
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

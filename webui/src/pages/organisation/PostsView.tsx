import { useState } from 'preact/hooks';
import { organisation, type Department, type Post } from '../../api/organisation';
import { Empty, Loaded } from '../../components/Loaded';
import { SearchField } from '../../components/SearchField';
import { useLoading } from '../../state/loading';
import { navigate, segments } from '../../state/route';
import { hasWords, nameMap } from './names';

async function load(): Promise<{ posts: Post[]; departments: Department[] }> {
  const [posts, departments] = await Promise.all([organisation.posts(''), organisation.departments()]);
  const having = new Set(posts.items.map((post) => post.department));
  return { posts: posts.items, departments: departments.items.filter((each) => having.has(each.id)) };
}

function PostItem({ post, department }: { post: Post; department: string }) {
  return (
    <li class="post">
      <div class="post-head">
        <h2>{post.name}</h2>
        <span class="muted">
          {department}
          {post.line !== null && ` · L${post.line}`}
        </span>
        <span class="post-holders">
          {post.holders.length ? post.holders.map((holder) => holder.name).join('、') : <span class="tag">空缺</span>}
        </span>
      </div>
      <ol class="post-duties">
        {post.duties.map((duty) => (
          <li key={duty.line}>
            {duty.text} <span class="muted">L{duty.line}</span>
          </li>
        ))}
      </ol>
    </li>
  );
}

/** 岗位职责: each post with its duties in the duty list's own words, and who holds it. */
export function PostsView() {
  const loading = useLoading(load, []);
  const [search, setSearch] = useState('');
  const chosen = segments.value[2] ?? '';
  return (
    <>
      <div class="page-head">
        <h1>岗位职责</h1>
        <div class="filters">
          <select
            class="input select"
            aria-label="按科室筛选"
            value={chosen}
            onChange={(event) => navigate(['organisation', 'posts', ...(event.currentTarget.value ? [event.currentTarget.value] : [])], true)}
          >
            <option value="">全部科室</option>
            {loading.value?.departments.map((department) => (
              <option key={department.id} value={department.id}>
                {department.name}
              </option>
            ))}
          </select>
          <SearchField label="搜索岗位" placeholder="搜索岗位、职责、担任者" value={search} onSearch={setSearch} />
        </div>
      </div>
      <p class="page-lead">职责用清单原文，L 后为清单行号。</p>
      <Loaded of={loading}>
        {({ posts, departments }) => {
          const names = nameMap(departments);
          const found = posts.filter(
            (post) =>
              (!chosen || post.department === chosen) &&
              hasWords(
                [post.name, ...post.duties.map(({ text }) => text), ...post.holders.map(({ name }) => name)].join(' '),
                search,
              ),
          );
          if (!found.length) return <Empty>没有符合条件的岗位。</Empty>;
          return (
            <ul class="post-list">
              {found.map((post) => (
                <PostItem key={post.id} post={post} department={names.get(post.department) ?? post.department} />
              ))}
            </ul>
          );
        }}
      </Loaded>
    </>
  );
}

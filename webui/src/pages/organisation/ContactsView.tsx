import { useState } from 'preact/hooks';
import { organisation, type Post } from '../../api/organisation';
import type { Colleague, Role } from '../../api/people';
import { byDepartment } from '../../components/dialogs/colleagues';
import { Empty, Loaded } from '../../components/Loaded';
import { SearchField } from '../../components/SearchField';
import { useLoading } from '../../state/loading';
import { hasWords } from './names';

interface Contact extends Colleague {
  posts: string[];
  roles: string[];
}

function contactsOf(people: readonly Colleague[], posts: readonly Post[], roles: readonly Role[]): Contact[] {
  const held = (lists: ReadonlyArray<{ name: string; holders: Array<{ id: string }> }>, id: string) => [
    ...new Set(
      lists.filter(({ holders }) => holders.some((holder) => holder.id === id)).map(({ name }) => name.split('@')[0] ?? name),
    ),
  ];
  return people.map((person) => ({ ...person, posts: held(posts, person.id), roles: held(roles, person.id) }));
}

async function load(): Promise<Contact[]> {
  const [people, posts, roles] = await Promise.all([
    organisation.colleagues(''),
    organisation.posts(''),
    organisation.roles(),
  ]);
  return contactsOf(people.items, posts.items, roles.items);
}

const textOf = (contact: Contact) =>
  [contact.name, contact.id, contact.department ?? '', ...contact.posts, ...contact.roles].join(' ');

/** 通讯录: who serves where and as what. */
export function ContactsView() {
  const loading = useLoading(load, []);
  const [search, setSearch] = useState('');
  return (
    <>
      <div class="page-head">
        <h1>通讯录</h1>
        <SearchField label="搜索人员" placeholder="搜索姓名、科室、岗位、角色" value={search} onSearch={setSearch} />
      </div>
      <Loaded of={loading}>
        {(contacts) => {
          const groups = byDepartment(contacts.filter((contact) => hasWords(textOf(contact), search)));
          if (!groups.length) return <Empty>没有符合条件的人员。</Empty>;
          return (
            <div class="table-frame">
              <table class="table contacts">
                <thead>
                  <tr>
                    <th>姓名</th>
                    <th>岗位</th>
                    <th>角色</th>
                  </tr>
                </thead>
                {groups.map((group) => (
                  <tbody key={group.department}>
                    <tr class="group-row">
                      <th colSpan={3} scope="rowgroup">
                        {group.department} <span class="counted">{group.people.length} 人</span>
                      </th>
                    </tr>
                    {(group.people as Contact[]).map((contact) => (
                      <tr key={contact.id}>
                        <td data-label="姓名" class="nowrap">
                          {contact.name} {contact.kind === 'outside' && <span class="tag">外部</span>}
                        </td>
                        <td data-label="岗位">{contact.posts.join('、') || '—'}</td>
                        <td data-label="角色">{contact.roles.join('、') || '—'}</td>
                      </tr>
                    ))}
                  </tbody>
                ))}
              </table>
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

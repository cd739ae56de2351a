import type { Account } from '../../../api/accounts';
import { Choices, TextField } from '../../../components/dialogs/fields';
import { SelectField } from '../../../components/fields/SelectField';
import { byKind } from '../../organisation/names';
import type { Directory } from './directory';

export interface Profile {
  name: string;
  department: string;
  post: string;
  email: string;
  kind: Account['kind'];
}

export const PROFILE_FIELDS = ['name', 'department', 'post', 'email', 'kind'];

interface ProfileFieldsProps {
  profile: Profile;
  directory: Directory;
  problems: Record<string, string>;
  onChange: (profile: Profile) => void;
}

/** What is known of a person beside roles: name, department, post, address, whether of the bureau. */
export function ProfileFields({ profile, directory, problems, onChange }: ProfileFieldsProps) {
  const change = (part: Partial<Profile>) => onChange({ ...profile, ...part });
  const posts = directory.posts.filter((post) => post.department === profile.department);
  const departments = byKind(directory.departments).flatMap((group) =>
    group.items.map((each) => ({ value: each.id, label: `${each.name}（${group.words}）` })),
  );
  return (
    <>
      <div class="dialog-columns">
        <TextField
          label="姓名"
          maxLength={100}
          value={profile.name}
          problem={problems['name']}
          onChange={(name) => change({ name })}
        />
        <TextField
          label="邮箱"
          optional
          maxLength={200}
          hint="填写后可以收到电子邮件提醒。"
          value={profile.email}
          problem={problems['email']}
          onChange={(email) => change({ email })}
        />
      </div>
      <div class="dialog-columns">
        <SelectField
          label="机构"
          value={profile.department}
          options={departments}
          none="（没有机构）"
          problem={problems['department']}
          onChange={(department) => change({ department, post: '' })}
        />
        <SelectField
          label="岗位"
          optional
          value={profile.post}
          options={posts.map((post) => ({ value: post.id, label: post.name }))}
          none="（没有岗位）"
          disabled={!posts.length}
          problem={problems['post']}
          onChange={(post) => change({ post })}
        />
      </div>
      <Choices
        label="类型"
        value={profile.kind}
        onChange={(kind) => change({ kind })}
        choices={[
          { value: 'staff', label: '本局人员' },
          { value: 'outside', label: '外部人员', note: '当事人、企业和其他单位的联系人，只能办理交给其本人的事项。' },
        ]}
      />
    </>
  );
}

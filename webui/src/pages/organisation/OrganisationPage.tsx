import './organisation.css';
import { SidePage } from '../../components/SidePage';
import { ContactsView } from './ContactsView';
import { DepartmentsView } from './DepartmentsView';
import { PostsView } from './PostsView';
import { ResponsibilitiesView } from './ResponsibilitiesView';
import { RolesView } from './RolesView';

/** 机构: who is in the bureau, and what falls to whom. */
export function OrganisationPage() {
  return (
    <SidePage
      label="机构"
      groups={[
        {
          places: [
            { id: 'contacts', label: '通讯录', view: ContactsView },
            { id: 'departments', label: '机构设置', view: DepartmentsView },
            { id: 'posts', label: '岗位职责', view: PostsView },
            { id: 'responsibilities', label: '职责分工', view: ResponsibilitiesView },
            { id: 'roles', label: '角色', view: RolesView },
          ],
        },
      ]}
    />
  );
}

import { SidePage } from '../../components/SidePage';
import { permissions } from '../../state/permissions';
import { ArchivesView, RefusedArchivesView } from './ArchivesView';
import { SealsView } from './SealsView';
import { SeriesView } from './SeriesView';
import { ServicesView } from './ServicesView';

/** 文书档案: numbers, seals and services for all staff; packages of ended cases for archivists and auditors. */
export function OfficePage() {
  const { archives } = permissions();
  return (
    <SidePage
      label="文书档案"
      groups={[
        {
          places: [
            { id: 'numbers', label: '文号', view: SeriesView },
            { id: 'seals', label: '印章', view: SealsView },
            { id: 'services', label: '送达登记', view: ServicesView },
          ],
        },
        {
          label: '归档',
          places: [
            archives && { id: 'archives', label: '归档包', view: ArchivesView },
            archives && { id: 'refused', label: '不能归档', view: RefusedArchivesView },
          ],
        },
      ]}
    />
  );
}

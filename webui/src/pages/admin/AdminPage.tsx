import './admin.css';
import { SidePage } from '../../components/SidePage';
import { permissions } from '../../state/permissions';
import { AllSubstitutionsView } from './accounts/AllSubstitutionsView';
import { ImportView } from './accounts/ImportView';
import { ReviewView } from './accounts/ReviewView';
import { SignedInView } from './accounts/SignedInView';
import { UsersView } from './accounts/UsersView';
import { CalendarView } from './calendar/CalendarView';
import { ProposalsView } from './calendar/ProposalsView';
import { EnterCaseView } from './entry/EnterCaseView';
import { IncidentsView } from './IncidentsView';
import { JobsView } from './JobsView';
import { ProceduresView } from './ProceduresView';
import { CaseReadsView } from './system/CaseReadsView';
import { ConnectionsView } from './system/ConnectionsView';
import { ErasuresView } from './system/ErasuresView';
import { OutboxView } from './system/OutboxView';
import { SettingsView } from './system/SettingsView';

/** What the three administrators look after, each what is theirs (三员分立). */
export function AdminPage() {
  const { system, audit } = permissions();
  return (
    <SidePage
      label="管理"
      groups={[
        {
          label: '流程',
          places: [
            system && { id: 'procedures', label: '流程', view: ProceduresView },
            system && { id: 'incidents', label: '异常', view: IncidentsView },
            system && { id: 'jobs', label: '作业', view: JobsView },
            system && { id: 'connections', label: '外部连接', view: ConnectionsView },
          ],
        },
        {
          label: '人员',
          places: [
            { id: 'users', label: '用户', view: UsersView },
            system && { id: 'import', label: '人员导入', view: ImportView },
            { id: 'substitutions', label: '离岗委托', view: AllSubstitutionsView },
            { id: 'sessions', label: '当前登录', view: SignedInView },
            { id: 'review', label: '账号审阅', view: ReviewView },
          ],
        },
        {
          label: '日历',
          places: [
            system && { id: 'calendar', label: '工作日历', view: CalendarView },
            system && { id: 'proposals', label: '日历提案', view: ProposalsView },
          ],
        },
        {
          label: '案件',
          places: [
            system && { id: 'entry', label: '在办案件录入', view: EnterCaseView },
            system && { id: 'erasures', label: '清除内容', view: ErasuresView },
            audit && { id: 'case-reads', label: '查阅记录', view: CaseReadsView },
          ],
        },
        {
          label: '系统',
          places: [
            { id: 'settings', label: '参数设置', view: SettingsView },
            { id: 'outbox', label: '发件箱', view: OutboxView },
          ],
        },
      ]}
    />
  );
}

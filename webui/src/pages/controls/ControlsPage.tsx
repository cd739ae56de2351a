import './register.css';
import { SidePage } from '../../components/SidePage';
import { permissions } from '../../state/permissions';
import { DrawsView } from './DrawsView';
import { ExpertsView } from './ExpertsView';
import { HitsView, OverridesView } from './HitsView';
import { LawView } from './LawView';
import { RegisterView } from './RegisterView';

/** 廉政风险防控: the register for everybody, what it found for those who supervise, experts for those who draw. */
export function ControlsPage() {
  const { supervises, draws } = permissions();
  const experts = supervises || draws;
  return (
    <SidePage
      label="风险防控"
      groups={[
        {
          places: [
            { id: 'register', label: '控制登记册', view: RegisterView },
            { id: 'law', label: '清单与法律差异', view: LawView },
          ],
        },
        {
          label: '监督',
          places: [
            supervises && { id: 'hits', label: '命中清单', view: HitsView },
            supervises && { id: 'overrides', label: '例外放行', view: OverridesView },
          ],
        },
        {
          label: '专家',
          places: [
            experts && { id: 'experts', label: '专家库', view: ExpertsView },
            experts && { id: 'draws', label: '抽取记录', view: DrawsView },
          ],
        },
      ]}
    />
  );
}

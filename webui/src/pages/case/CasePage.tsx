import '../../styles/content.css';
import './case.css';
import { cases } from '../../api/endpoints';
import type { CaseDetail } from '../../api/types';
import { lazy } from '../../components/lazy';
import { Loaded } from '../../components/Loaded';
import { Tabs } from '../../components/Tabs';
import { useLoading } from '../../state/loading';
import { navigate, segments } from '../../state/route';
import { StateTag } from '../cases/CaseTable';
import { Clocks } from './Clocks';
import { CaseData, Facts } from './Facts';
import { RecordTable } from './RecordTable';

const ReplayView = lazy(() => import('./ReplayView').then((module) => module.ReplayView));

const VIEWS = [
  { id: 'facts', label: '概况' },
  { id: 'record', label: '办理记录' },
  { id: 'replay', label: '流程回放' },
] as const;

type View = (typeof VIEWS)[number]['id'];

function viewOf(segment: string | undefined): View {
  return VIEWS.find((view) => view.id === segment)?.id ?? 'facts';
}

function OpenCase({ item, view }: { item: CaseDetail; view: View }) {
  return (
    <>
      <div class="page-head case-head">
        <button type="button" class="link" onClick={() => window.history.back()}>
          ← 返回
        </button>
        <h1>{item.caseTitle}</h1>
        <p class="muted">
          <StateTag item={item} />
          <span>
            {item.procedureName}（第 {item.version} 版）
          </span>
        </p>
      </div>
      <Tabs
        label="事项内容"
        tabs={VIEWS}
        current={view}
        onSelect={(next) => navigate(['cases', item.key, next], true)}
      />
      {view === 'facts' && (
        <>
          <Facts item={item} />
          <Clocks item={item} />
          <CaseData item={item} />
        </>
      )}
      {view === 'record' && <RecordTable caseKey={item.key} />}
      {view === 'replay' && <ReplayView caseKey={item.key} title={item.caseTitle} />}
    </>
  );
}

/** One case: facts and clocks, the record, the replay. */
export function CasePage() {
  const [, key = '', view] = segments.value;
  const loading = useLoading(() => cases.read(key), [key]);
  return (
    <div class="page page-wide">
      <Loaded of={loading}>{(item) => <OpenCase item={item} view={viewOf(view)} />}</Loaded>
    </div>
  );
}

import '../../styles/content.css';
import './case.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { draws } from '../../api/case-controls';
import { cases } from '../../api/endpoints';
import type { CaseDetail } from '../../api/types';
import { procedureDepartment } from '../../components/controls/procedureDepartment';
import { lazy } from '../../components/lazy';
import { Loaded } from '../../components/Loaded';
import { Tabs } from '../../components/Tabs';
import { useLoading } from '../../state/loading';
import { navigate, segments } from '../../state/route';
import { user } from '../../state/session';
import { StateTag } from '../cases/CaseTable';
import { CaseActions } from './CaseActions';
import { Clocks } from './Clocks';
import { mayActOnClocks, mayDraw, viewsFor, type View } from './caseViews';
import { CaseData, Facts } from './Facts';
import { OpenTasks } from './OpenTasks';
import { RecordedTasks } from './RecordedTasks';
import { readStanding, type Standing } from './openTasks';
import { RecordTable } from './RecordTable';

const ReplayView = lazy(() => import('./ReplayView').then((module) => module.ReplayView));
const Files = lazy(() => import('./Files').then((module) => module.Files));
const CaseIssued = lazy(() => import('../papers/CaseIssued').then((module) => module.CaseIssued));
const CopiesTable = lazy(() => import('./CopiesTable').then((module) => module.CopiesTable));
const ControlsFound = lazy(() => import('./ControlsFound').then((module) => module.ControlsFound));
const Draws = lazy(() => import('./Draws').then((module) => module.Draws));
const CaseReads = lazy(() => import('./CaseReads').then((module) => module.CaseReads));

const NO_NAMES: Standing['names'] = new Map();

interface OverviewProps {
  item: CaseDetail;
  standing: Standing | undefined;
  onChange: () => void;
}

/** 概况: facts, who has what, clocks, data. */
function Overview({ item, standing, onChange }: OverviewProps) {
  const department = useLoading(() => procedureDepartment(item.procedureId), [item.procedureId]);
  const mayAct = mayActOnClocks(item, standing?.tasks ?? [], department.value ?? null, user.value);
  return (
    <>
      <Facts item={item} />
      {item.state === 'ACTIVE' && standing && <OpenTasks tasks={standing.tasks} mending={standing.mending} onChange={onChange} />}
      {standing && <RecordedTasks tasks={standing.recorded} />}
      <Clocks item={item} mayAct={mayAct} onChange={onChange} />
      <CaseData item={item} />
    </>
  );
}

/** Whether experts were drawn for a case; without an answer, as for who sees the outline only, there is nothing to show. */
function useDrawn(caseKey: string): boolean {
  const { value } = useLoading(() => draws.list(caseKey), [caseKey]);
  return (value?.items.length ?? 0) > 0;
}

function OpenCase({ item, view, reload }: { item: CaseDetail; view: View; reload: () => void }) {
  const [copied, setCopied] = useState(0);
  const standing = useLoading(() => readStanding(item.key), [item.key, item.state]);
  const change = () => {
    reload();
    standing.reload();
  };
  const drawn = useDrawn(item.key);
  const views = viewsFor(user.value, drawn || mayDraw(user.value));
  const shown = views.some((each) => each.id === view) ? view : 'facts';
  const opened = useRef(shown);
  useEffect(() => {
    // Others work on the case meanwhile: who comes back to 概况 sees where it stands now.
    if (shown === 'facts' && opened.current !== shown) change();
    opened.current = shown;
  }, [shown]);
  return (
    <>
      <div class="page-head case-head">
        <div class="case-title">
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
        <CaseActions item={item} standing={standing.value} onCopied={() => setCopied(copied + 1)} />
      </div>
      <Tabs
        label="事项内容"
        tabs={views}
        current={shown}
        onSelect={(next) => navigate(['cases', item.key, next], true)}
      />
      {shown === 'facts' && <Overview item={item} standing={standing.value} onChange={change} />}
      {shown === 'record' && <RecordTable caseKey={item.key} />}
      {shown === 'files' && <Files caseKey={item.key} labels={item.labels ?? {}} />}
      {shown === 'issued' && <CaseIssued item={item} onChange={change} />}
      {shown === 'copies' && <CopiesTable caseKey={item.key} turn={copied} />}
      {shown === 'controls' && (
        <ControlsFound
          caseKey={item.key}
          procedureId={item.procedureId}
          tasks={standing.value?.tasks ?? []}
          names={standing.value?.names ?? NO_NAMES}
        />
      )}
      {shown === 'draws' && <Draws caseKey={item.key} active={item.state === 'ACTIVE'} />}
      {shown === 'reads' && <CaseReads caseKey={item.key} />}
      {shown === 'replay' && <ReplayView caseKey={item.key} title={item.caseTitle} />}
    </>
  );
}

/** One case: facts, tasks and clocks, the record, copies, controls, draws, the replay. */
export function CasePage() {
  const [, key = '', view] = segments.value;
  const loading = useLoading(() => cases.read(key), [key]);
  const title = loading.value?.caseTitle;
  useEffect(() => {
    if (title) document.title = `${title} · 办结`;
  }, [title]);
  return (
    <div class="page page-wide">
      <Loaded of={loading}>
        {(item) => <OpenCase key={item.key} item={item} view={(view ?? 'facts') as View} reload={loading.reload} />}
      </Loaded>
    </div>
  );
}

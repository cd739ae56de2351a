import { useState } from 'preact/hooks';
import type { CaseDetail } from '../../api/types';
import { lazy } from '../../components/lazy';
import { showDone } from '../../state/notices';
import type { Standing } from './openTasks';

const CopyDialog = lazy(() => import('../../components/dialogs/CopyDialog').then((module) => module.CopyDialog));
const InterventionDialog = lazy(() =>
  import('./dialogs/InterventionDialog').then((module) => module.InterventionDialog),
);

type Opened = 'COPY' | 'CIRCULATE' | 'JUMP' | 'TERMINATE';

interface CaseActionsProps {
  item: CaseDetail;
  /** Known while the case runs. */
  standing: Standing | undefined;
  onCopied: () => void;
}

/** What can be done with a case as a whole: 抄送, 传阅, asking for a jump or an end, printing. */
export function CaseActions({ item, standing, onCopied }: CaseActionsProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const running = item.state === 'ACTIVE' && standing !== undefined;
  const close = () => setOpened(null);
  const done = (said: string) => {
    close();
    showDone(said);
  };
  return (
    <div class="case-acts" role="group" aria-label="事项操作">
      <button type="button" class="button" onClick={() => setOpened('COPY')}>
        抄送
      </button>
      <button type="button" class="button" onClick={() => setOpened('CIRCULATE')}>
        传阅
      </button>
      {running && (
        <>
          <button type="button" class="button" onClick={() => setOpened('JUMP')}>
            申请跳转
          </button>
          <button type="button" class="button" onClick={() => setOpened('TERMINATE')}>
            申请终止
          </button>
        </>
      )}
      <a class="button" href={`/api/process-instances/${encodeURIComponent(item.key)}/print`} target="_blank" rel="noopener">
        打印
      </a>
      {(opened === 'COPY' || opened === 'CIRCULATE') && (
        <CopyDialog
          caseKey={item.key}
          title={item.caseTitle}
          kind={opened}
          onClose={close}
          onDone={(said) => {
            done(said);
            onCopied();
          }}
        />
      )}
      {(opened === 'JUMP' || opened === 'TERMINATE') && standing && (
        <InterventionDialog
          caseKey={item.key}
          title={item.caseTitle}
          kind={opened}
          standing={standing}
          onClose={close}
          onDone={done}
        />
      )}
    </div>
  );
}

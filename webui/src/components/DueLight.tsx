import type { Light } from '../api/types';
import { formatDue } from '../format/dates';
import { dueWords } from '../format/due';

interface DueLightProps {
  dueAt: string | null;
  light: Light | null;
  provisional: boolean;
  remainingWorkingDays?: number | null | undefined;
  /** Also says the date itself. */
  dated?: boolean;
}

/** The lamp of a due date with the word that says the same: colour alone never carries it. */
export function DueLight({ dueAt, light, provisional, remainingWorkingDays, dated = false }: DueLightProps) {
  const words = dueWords({ dueAt, light, provisional, remainingWorkingDays: remainingWorkingDays ?? null }, Date.now());
  if (words.tone === 'none') return dated ? <span class="muted">无期限</span> : null;
  return (
    <span class={`due due-${words.tone}`}>
      <span class="lamp" aria-hidden="true" />
      <span>{words.word}</span>
      {words.provisional && (
        <span class="tag tag-outline" title="国务院办公厅尚未公布当年放假安排，期限为暂算">
          暂算
        </span>
      )}
      {dated && dueAt && words.tone !== 'paused' && <span class="due-date">{formatDue(dueAt)}</span>}
    </span>
  );
}

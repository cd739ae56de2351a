import type { UserTaskDetail } from '../../../api/types';

/** What became of a task by an act: it left this person's hands, or stands here changed. */
export type Aftermath = 'left' | 'changed';

export interface TaskDialogProps {
  task: UserTaskDetail;
  onClose: () => void;
  onDone: (said: string, aftermath: Aftermath) => void;
}

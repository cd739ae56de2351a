import type { EvidenceKind, Signer, SigningKind } from '../../api/task-actions';

/** What people call what others have to do with a task. */

export const SIGNING: Record<SigningKind, string> = {
  BEFORE: '前加签',
  AFTER: '后加签',
  PARALLEL: '并加签',
  ASSIST: '协办',
};

export const SIGNER_STATES: Record<Signer['state'], string> = {
  WAITING: '尚未轮到',
  OPEN: '待签',
  DONE: '已签',
  CANCELED: '已减签',
};

export const EVIDENCE: Record<EvidenceKind, string> = {
  PAPER: '纸质签批',
  TELEPHONE: '电话同意',
  OTHER: '其他方式',
};

import type { CopyKind, Intervention } from '../../api/correspondence';

export const COPY_WORDS: Record<CopyKind, string> = { COPY: '抄送', CIRCULATE: '传阅' };

export const INTERVENTION_WORDS: Record<Intervention['kind'], string> = { JUMP: '跳转', TERMINATE: '终止' };

export const INTERVENTION_STATES: Record<Intervention['state'], string> = {
  REQUESTED: '待决定',
  APPROVED: '已批准',
  REFUSED: '已驳回',
};

import type { NumberState } from '../../api/numbers';
import type { Json } from '../../api/types';
import { showValue } from '../../format/text';

export const NUMBER_STATES: Record<NumberState, { word: string; tone: string }> = {
  ISSUED: { word: '已取号', tone: 'tag tag-good' },
  VOID: { word: '作废', tone: 'tag tag-danger' },
  RESERVED: { word: '预留', tone: 'tag tag-warning' },
};

/** What a paper is called, whether a title, a file, or something with a name. */
export function paperTitle(paper: Json): string {
  if (paper && typeof paper === 'object' && !Array.isArray(paper)) {
    const { title, name } = paper;
    if (typeof title === 'string' && title) return title;
    if (typeof name === 'string' && name) return name;
  }
  return showValue(paper);
}

import { recall, remember } from '../../state/preferences';

/** 常用语: the bureau's usual phrases and those that this person added on this desktop. */

const USUAL = ['同意。', '拟同意，请领导审批。', '已阅。', '请按规定办理。', '不同意，请补充材料后再报。'];

const keyFor = (userId: string) => `banjie.phrases.${userId}`;

function ownPhrases(userId: string): string[] {
  const kept = recall(keyFor(userId));
  if (!kept) return [];
  const read: unknown = JSON.parse(kept);
  return Array.isArray(read) ? read.filter((phrase): phrase is string => typeof phrase === 'string') : [];
}

export interface Phrase {
  text: string;
  own: boolean;
}

export function phrasesOf(userId: string): Phrase[] {
  const own = ownPhrases(userId).map((text) => ({ text, own: true }));
  return [...USUAL.map((text) => ({ text, own: false })), ...own];
}

export function addPhrase(userId: string, text: string): void {
  const wanted = text.trim();
  if (!wanted || phrasesOf(userId).some((phrase) => phrase.text === wanted)) return;
  remember(keyFor(userId), JSON.stringify([...ownPhrases(userId), wanted]));
}

export function removePhrase(userId: string, text: string): void {
  remember(keyFor(userId), JSON.stringify(ownPhrases(userId).filter((phrase) => phrase !== text)));
}

/** A phrase replaces an empty opinion and is added to one that was begun. */
export function withPhrase(opinion: string, phrase: string): string {
  const begun = opinion.trimEnd();
  return begun ? `${begun}${phrase}` : phrase;
}

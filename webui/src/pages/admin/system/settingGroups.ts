import type { Setting, SettingValue } from '../../../api/operations';

const GROUPS: ReadonlyArray<readonly [prefix: string, words: string]> = [
  ['password.', '密码'],
  ['sign-in.', '登录失败'],
  ['session.', '会话'],
  ['accounts.', '账号'],
  ['notices.email.', '电子邮件'],
  ['notices.', '通知'],
  ['attachments.', '附件'],
];

export interface SettingGroup {
  words: string;
  items: Setting[];
}

/** Settings under what they are about, in the order in which the server lists them. */
export function settingGroups(settings: readonly Setting[]): SettingGroup[] {
  const wordsOf = (setting: Setting) => GROUPS.find(([prefix]) => setting.name.startsWith(prefix))?.[1] ?? '其他';
  const groups = new Map<string, Setting[]>();
  for (const setting of settings) {
    const words = wordsOf(setting);
    groups.set(words, [...(groups.get(words) ?? []), setting]);
  }
  return [...groups].map(([words, items]) => ({ words, items }));
}

/** What was typed, as the kind of value that the setting is; words say why it is none. */
export function readValue(setting: Setting, text: string): { value: SettingValue } | { problem: string } {
  if (typeof setting.default === 'boolean') return { value: text === 'true' };
  if (typeof setting.default === 'string') return { value: text };
  return /^\d{1,9}$/.test(text.trim()) ? { value: Number(text) } : { problem: '请填写整数。' };
}

const CHOICE_WORDS: Record<string, string> = { tls: 'TLS', starttls: 'STARTTLS', none: '不加密' };

export const choiceWords = (choice: string): string => CHOICE_WORDS[choice] ?? choice;

/** A value as people read it. */
export function valueWords(setting: Setting, value: SettingValue): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (setting.secret) return value ? '已设置' : '未设置';
  if (value === '') return '（空）';
  return typeof value === 'string' && setting.choices.includes(value) ? choiceWords(value) : String(value);
}

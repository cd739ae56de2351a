import { ApiError, messageOf } from '../../api/errors';

/** What is wrong with a dialog's input: by field, and what concerns none of them. */
export interface Problems {
  fields: Record<string, string>;
  rest: string;
}

export const NO_PROBLEMS: Problems = { fields: {}, rest: '' };

/** Where the words of a refusal belong, by its code. */
const FIELD_OF_CODE: Record<string, string> = {
  'actions.reason-missing': 'reason',
  'actions.person-unknown': 'people',
  'actions.person-unsuitable': 'people',
  'commands.user-task-taken': 'people',
  'actions.evidence-missing': 'evidence',
  'actions.direct-impossible': 'direct',
  'actions.target-unknown': 'target',
  'actions.target-ambiguous': 'target',
  'identity.second-factor-missing': 'code',
  'identity.second-factor-not-enrolled': 'code',
  'identity.second-factor-refused': 'code',
  'identity.second-factor-locked': 'code',
  'controls.draw-reason-missing': 'reason',
  'controls.pool-too-small': 'field',
};

/** `people[0]`, `first_day` and `firstDay` are the fields `people` and `firstDay` of a dialog. */
export function fieldOf(path: string): string {
  const [head = ''] = path.split(/[.[]/);
  return head.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

/** Sorts a refusal to the fields that `known` names; everything else is said for the dialog as a whole. */
export function problemsOf(error: unknown, known: readonly string[]): Problems {
  if (!(error instanceof ApiError)) return { fields: {}, rest: messageOf(error) };
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const [path, messages] of Object.entries(error.fields)) {
    const field = fieldOf(path);
    if (known.includes(field)) fields[field] = messages.join(' ');
    else rest.push(...messages);
  }
  const field = FIELD_OF_CODE[error.code];
  if (field && known.includes(field)) fields[field] = error.message;
  else if (!Object.keys(fields).length && !rest.length) rest.push(error.message);
  return { fields, rest: rest.join(' ') };
}

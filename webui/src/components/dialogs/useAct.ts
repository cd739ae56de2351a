import { useState } from 'preact/hooks';
import { useSubmission } from '../../state/submission';
import { NO_PROBLEMS, problemsOf, type Problems } from './problems';

export interface Act {
  busy: boolean;
  problems: Problems;
  /**
   * Sends an act once, unless `wrong` names fields that are not yet right; what is refused stands at its field.
   * Returns whether it was done.
   */
  run: (act: (idempotencyKey: string) => Promise<unknown>, wrong?: Record<string, string>) => Promise<boolean>;
  clear: (field: string) => void;
  /** Forgets what was wrong, as when the dialog opens anew. */
  reset: () => void;
}

/** One act of a dialog with its fields: never twice, and its refusals at the fields. */
export function useAct(fields: readonly string[]): Act {
  const [busy, submit] = useSubmission();
  const [problems, setProblems] = useState<Problems>(NO_PROBLEMS);
  return {
    busy,
    problems,
    async run(act, wrong = {}) {
      const missing = Object.entries(wrong).filter(([, words]) => words);
      if (missing.length) {
        setProblems({ fields: Object.fromEntries(missing), rest: '' });
        return false;
      }
      setProblems(NO_PROBLEMS);
      try {
        let done = false;
        await submit(async (key) => {
          await act(key);
          done = true;
        });
        return done;
      } catch (error) {
        setProblems(problemsOf(error, fields));
        return false;
      }
    },
    clear(field) {
      if (!problems.fields[field]) return;
      const { [field]: _gone, ...others } = problems.fields;
      setProblems({ ...problems, fields: others });
    },
    reset: () => setProblems(NO_PROBLEMS),
  };
}

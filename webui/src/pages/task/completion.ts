import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { caseControls, type Acknowledged } from '../../api/case-controls';
import { userTasks } from '../../api/endpoints';
import { ApiError } from '../../api/errors';
import type { Completion, UserTaskDetail, Variables } from '../../api/types';
import { questionsOf, type Questions } from '../../components/controls/questions';
import { useAct, type Act } from '../../components/dialogs/useAct';
import type { FormHandle } from '../../forms/handle';
import { useSubmission } from '../../state/submission';

export type Outcome = '同意' | '不同意';

/** What is to be sent, as far as it is known. */
interface Given {
  variables: Variables;
  outcome?: Outcome;
  acknowledged?: Acknowledged;
  secondFactor?: string;
}

/** What has to be answered before it can be sent. */
export type Asking = ({ kind: 'controls'; questions: Questions } | { kind: 'code' }) & { given: Given };

interface CompletionWork {
  busy: boolean;
  asking: Asking | null;
  act: Act;
  /** Takes the form's values and sends them, or asks what controls and the second factor want first. */
  complete: (outcome?: Outcome) => Promise<void>;
  answerControls: (answers: Acknowledged, missing: Record<string, string>) => Promise<void>;
  answerCode: (code: string) => Promise<void>;
  stop: () => void;
}

interface CompletionOptions {
  task: UserTaskDetail;
  form: RefObject<FormHandle>;
  opinion: string;
  onSend: () => void;
  onDone: (done: Completion) => void;
  onRefused: (error: unknown, variables: Variables) => void;
}

const ANSWERED_IN_DIALOG = ['controls.blocked', 'controls.answer-needed'];

/** A refusal that stays in the dialog that asked: a wrong code, an answer that is missing. */
function staysInDialog(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  return error.code.startsWith('identity.second-factor') || ANSWERED_IN_DIALOG.includes(error.code) || error.mayRetry;
}

/** Completing a task: controls are asked before, then the second factor, then it is sent; each act once. */
export function useCompletion(options: CompletionOptions): CompletionWork {
  const { task, form, opinion, onSend, onDone, onRefused } = options;
  const [busy, submit] = useSubmission();
  const [asking, setQuestion] = useState<Asking | null>(null);
  const controlIds = asking?.kind === 'controls' ? idsOf(asking.questions) : [];
  const act = useAct(['code', ...controlIds]);
  const setAsking = (question: Asking | null) => {
    act.reset();
    setQuestion(question);
  };

  const send = async (given: Given, key: string): Promise<Completion> => {
    onSend();
    const said = opinion.trim();
    return userTasks.complete(task.key, { ...given, revision: task.revision, ...(said && { opinion: said }) }, key);
  };

  /** The next question about what is given, or null when nothing is left to ask. */
  const nextQuestion = async (given: Given): Promise<Asking | null> => {
    // Signers answer for somebody else's task: its controls are asked of its assignee.
    if (!given.acknowledged && !task.binding) {
      const found = await caseControls.preview(task.key, given.variables);
      const questions = questionsOf(found.items);
      if (questions) return { kind: 'controls', questions, given };
    }
    return task.secondFactor && !given.secondFactor ? { kind: 'code', given } : null;
  };

  const complete = async (outcome?: Outcome) => {
    const variables = form.current ? form.current.collect() : {};
    if (!variables) return;
    const given: Given = { variables, ...(outcome && { outcome }) };
    try {
      const done = await submit(async (key) => {
        const question = await nextQuestion(given);
        if (!question) return send(given, key);
        setAsking(question);
        return null;
      });
      if (done) onDone(done);
    } catch (error) {
      onRefused(error, variables);
    }
  };

  /** Sends from a dialog: what the form got wrong closes it, what the dialog asked stays in it. */
  const sendAnswered = async (given: Given, wrong: Record<string, string>) => {
    let done: Completion | null = null;
    let refused: unknown;
    await act.run(async (key) => {
      try {
        done = await send(given, key);
      } catch (error) {
        if (staysInDialog(error)) throw error;
        refused = error;
      }
    }, wrong);
    if (!done && refused === undefined) return;
    setAsking(null);
    if (done) onDone(done);
    else onRefused(refused, given.variables);
  };

  const answerControls = async (acknowledged: Acknowledged, missing: Record<string, string>) => {
    if (!asking) return;
    const given = { ...asking.given, acknowledged };
    if (task.secondFactor && !Object.keys(missing).length) setAsking({ kind: 'code', given });
    else await sendAnswered(given, missing);
  };
  const answerCode = async (code: string) => {
    if (!asking) return;
    const wrong = /^\d{6}$/.test(code) ? '' : '动态口令是 6 位数字。';
    await sendAnswered({ ...asking.given, secondFactor: code }, { code: wrong });
  };
  return { busy, asking, act, complete, answerControls, answerCode, stop: () => setAsking(null) };
}

function idsOf({ warned, attested }: Questions): string[] {
  return [...warned, ...attested].map((control) => control.id);
}

import { useEffect, useRef, useState } from 'preact/hooks';
import { userTasks } from '../../api/endpoints';
import { messageOf } from '../../api/errors';
import type { Variables } from '../../api/types';
import { formatMoment } from '../../format/dates';

const PAUSE = 1500;

export interface Draft {
  /** 草稿已保存 10:32, or why not. */
  status: string;
  failed: boolean;
  /** Takes the values; they are saved when typing pauses. */
  change: (variables: Variables) => void;
  /** Keeps what is not saved yet, but does not send it while a submission is on its way. */
  hold: () => void;
  /** Saves at once what is not saved yet. */
  flush: () => Promise<void>;
  /** Drops what is not saved yet, as after a submission. */
  cancel: () => void;
}

/** A draft that saves itself when typing pauses and when the task is left. */
export function useDraft(taskKey: string, enabled: boolean): Draft {
  const [status, setStatus] = useState('');
  const [failed, setFailed] = useState(false);
  const pending = useRef<Variables | null>(null);
  const timer = useRef<number>();
  const mounted = useRef(true);

  const save = async () => {
    const variables = pending.current;
    pending.current = null;
    if (!variables) return;
    try {
      await userTasks.saveDraft(taskKey, variables);
      if (!mounted.current) return;
      setFailed(false);
      setStatus(`草稿已保存 ${formatMoment(new Date().toISOString()).slice(11)}`);
    } catch (error) {
      if (!mounted.current) return;
      setFailed(true);
      setStatus(`草稿未保存：${messageOf(error)}`);
    }
  };

  const hold = () => window.clearTimeout(timer.current);
  const flush = () => {
    hold();
    return save();
  };
  const cancel = () => {
    hold();
    pending.current = null;
  };

  useEffect(
    () => () => {
      mounted.current = false;
      window.clearTimeout(timer.current);
      void save();
    },
    [],
  );

  const change = (variables: Variables) => {
    if (!enabled) return;
    pending.current = variables;
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void save(), PAUSE);
  };
  return { status, failed, change, hold, flush, cancel };
}

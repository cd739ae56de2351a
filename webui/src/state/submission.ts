import { useRef, useState } from 'preact/hooks';
import { newIdempotencyKey } from '../api/client';
import { ApiError } from '../api/errors';

/**
 * One intended act and its idempotency key. While it is on its way a second click does nothing.
 * When nobody knows whether it was handled (no answer, or a server failure) the next try carries
 * the same key, so that it is done once; after a refusal the next try is a new act.
 */
export class Submission {
  private key: string | null = null;
  private running = false;

  get busy(): boolean {
    return this.running;
  }

  /** Runs the act; `undefined` when it is already running. Errors of the act are passed on. */
  async run<Result>(act: (idempotencyKey: string) => Promise<Result>): Promise<Result | undefined> {
    if (this.running) return undefined;
    this.running = true;
    this.key ??= newIdempotencyKey();
    try {
      const result = await act(this.key);
      this.key = null;
      return result;
    } catch (error) {
      if (error instanceof ApiError && !error.mayRetry) this.key = null;
      throw error;
    } finally {
      this.running = false;
    }
  }
}

/** A submission that belongs to a component, and whether it is on its way. */
export function useSubmission(): [busy: boolean, run: Submission['run']] {
  const submission = useRef<Submission>();
  submission.current ??= new Submission();
  const [busy, setBusy] = useState(false);
  const run: Submission['run'] = async (act) => {
    const current = submission.current;
    if (!current || current.busy) return undefined;
    setBusy(true);
    try {
      return await current.run(act);
    } finally {
      setBusy(false);
    }
  };
  return [busy, run];
}

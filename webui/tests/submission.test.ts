import { describe, expect, it } from 'vitest';
import { ApiError, NetworkError } from '../src/api/errors';
import { Submission } from '../src/state/submission';

/** An act that records its keys and ends as it is told. */
function act(keys: string[], outcome: () => Promise<string>) {
  return (key: string) => {
    keys.push(key);
    return outcome();
  };
}

const fail = (error: Error) => () => Promise.reject<string>(error);
const succeed = () => Promise.resolve('done');

describe('a submission', () => {
  it('is sent once when the button is pressed twice', async () => {
    const keys: string[] = [];
    const submission = new Submission();
    const results = await Promise.all([submission.run(act(keys, succeed)), submission.run(act(keys, succeed))]);
    expect(results).toEqual(['done', undefined]);
    expect(keys).toHaveLength(1);
  });

  it('is repeated with the same key when no answer came', async () => {
    const keys: string[] = [];
    const submission = new Submission();
    await expect(submission.run(act(keys, fail(new NetworkError())))).rejects.toBeInstanceOf(NetworkError);
    await expect(submission.run(act(keys, fail(new ApiError(503, '', 'busy'))))).rejects.toBeInstanceOf(ApiError);
    await submission.run(act(keys, succeed));
    expect(new Set(keys).size).toBe(1);
  });

  it('is a new act after a refusal, and after a success', async () => {
    const keys: string[] = [];
    const submission = new Submission();
    await expect(submission.run(act(keys, fail(new ApiError(400, '', 'form.invalid'))))).rejects.toBeInstanceOf(ApiError);
    await submission.run(act(keys, succeed));
    await submission.run(act(keys, succeed));
    expect(new Set(keys).size).toBe(3);
  });

  it('can be tried again after a failure', async () => {
    const submission = new Submission();
    await expect(submission.run(act([], fail(new NetworkError())))).rejects.toThrow();
    expect(submission.busy).toBe(false);
  });
});

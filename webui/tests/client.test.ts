import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newIdempotencyKey, request, setCsrfToken, whenUnauthorized } from '../src/api/client';
import { ApiError, messageOf, NetworkError } from '../src/api/errors';

const fetched = vi.fn<typeof fetch>();

function answer(status: number, body: string | null, type = 'application/json'): Response {
  return new Response(body, { status, headers: { 'Content-Type': type } });
}

const problem = (status: number, more: object) =>
  answer(status, JSON.stringify({ type: 'about:blank', title: '未能完成', status, ...more }), 'application/problem+json');

async function failureOf(act: Promise<unknown>): Promise<unknown> {
  return act.then(
    () => expect.unreachable('the request succeeded'),
    (error: unknown) => error,
  );
}

function sentHeaders(): Record<string, string> {
  return fetched.mock.calls[0]?.[1]?.headers as Record<string, string>;
}

beforeEach(() => {
  vi.stubGlobal('fetch', fetched);
});

afterEach(() => {
  fetched.mockReset();
  setCsrfToken('');
  whenUnauthorized(() => undefined);
});

describe('a request that succeeds', () => {
  it('gives the JSON of the answer', async () => {
    fetched.mockResolvedValue(answer(200, '{"todo":3}'));
    expect(await request('GET', '/counts')).toEqual({ todo: 3 });
  });

  it('gives nothing for an answer without a body', async () => {
    fetched.mockResolvedValue(answer(204, null));
    expect(await request('DELETE', '/session')).toBeUndefined();
  });

  it('leaves out what is not searched for', async () => {
    fetched.mockResolvedValue(answer(200, '{}'));
    await request('GET', '/user-tasks', { query: { tab: 'todo', search: '', cursor: null, limit: 30 } });
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/user-tasks?tab=todo&limit=30');
  });

  it('carries the CSRF token when it changes something, and only then', async () => {
    setCsrfToken('token');
    fetched.mockImplementation(async () => answer(200, '{}'));
    await request('GET', '/counts');
    expect(sentHeaders()).not.toHaveProperty('X-CSRF-Token');
    fetched.mockClear();
    await request('POST', '/user-tasks/1/claim', { idempotencyKey: 'k' });
    expect(sentHeaders()).toMatchObject({ 'X-CSRF-Token': 'token', 'Idempotency-Key': 'k' });
  });
});

describe('a request that is refused', () => {
  it('says what the server says', async () => {
    fetched.mockResolvedValue(problem(409, { detail: '此任务已由李强认领，请刷新。', code: 'user-task.claimed' }));
    const error = await failureOf(request('POST', '/user-tasks/1/claim'));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 409, code: 'user-task.claimed', message: '此任务已由李强认领，请刷新。' });
  });

  it('keeps the messages of the fields', async () => {
    fetched.mockResolvedValue(problem(400, { detail: '表单有误。', fields: { jine: ['不能小于 0.01。'] } }));
    const error = await failureOf(request('POST', '/x', { body: {} }));
    expect(error).toMatchObject({ fields: { jine: ['不能小于 0.01。'] } });
  });

  it('says something sensible in Chinese when the answer is not ours', async () => {
    fetched.mockResolvedValue(answer(502, '<html>Bad Gateway</html>', 'text/html'));
    const error = await failureOf(request('GET', '/counts'));
    expect(messageOf(error)).toBe('服务器暂时不能处理，请稍后重试。');
    expect(error).toMatchObject({ code: 'http.502', mayRetry: true });
  });

  it('survives an answer that claims to be JSON and is not', async () => {
    fetched.mockResolvedValue(answer(404, 'nothing', 'application/json'));
    expect(messageOf(await failureOf(request('GET', '/x')))).toContain('没有找到');
  });

  it('reports the end of the session, but not a wrong password', async () => {
    const ended = vi.fn();
    whenUnauthorized(ended);
    fetched.mockImplementation(async () => problem(401, { detail: '登录已失效。' }));
    await failureOf(request('POST', '/session', { body: {} }));
    expect(ended).not.toHaveBeenCalled();
    await failureOf(request('GET', '/counts'));
    expect(ended).toHaveBeenCalledOnce();
  });
});

describe('a request without an answer', () => {
  it('says that the network is down and that trying again is safe', async () => {
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    const error = await failureOf(request('POST', '/x'));
    expect(error).toBeInstanceOf(NetworkError);
    expect(messageOf(error)).toContain('重试不会重复办理');
  });

  it('passes on that it was given up', async () => {
    fetched.mockRejectedValue(new DOMException('', 'AbortError'));
    expect(await failureOf(request('GET', '/x'))).toBeInstanceOf(DOMException);
  });
});

describe('an idempotency key', () => {
  it('is different each time', () => {
    const keys = new Set(Array.from({ length: 100 }, newIdempotencyKey));
    expect(keys.size).toBe(100);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
  });
});

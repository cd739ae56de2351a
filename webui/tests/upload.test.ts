import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accounts } from '../src/api/accounts';
import { setCsrfToken } from '../src/api/client';

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.stubGlobal('fetch', fetched);
  fetched.mockResolvedValue(new Response('{"changes":[]}', { headers: { 'Content-Type': 'application/json' } }));
  setCsrfToken('token');
});

afterEach(() => {
  fetched.mockReset();
  setCsrfToken('');
});

describe('a file that is sent', () => {
  it('goes as a form whose type the browser writes, with the digest of what was previewed', async () => {
    const file = new File(['用户名'], '人员.csv');
    await accounts.importPeople(file, 'abc');
    const [address, init] = fetched.mock.calls[0] ?? [];
    const body = init?.body;
    expect([address, init?.method]).toEqual(['/api/admin/people/import', 'POST']);
    expect(init?.headers).toHaveProperty('X-CSRF-Token', 'token');
    expect(init?.headers).not.toHaveProperty('Content-Type');
    expect(body).toBeInstanceOf(FormData);
    expect((body as FormData).get('digest')).toBe('abc');
    expect(((body as FormData).get('file') as File).name).toBe('人员.csv');
  });
});

import { errorOf, NetworkError } from './errors';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RequestOptions {
  /** Sent as JSON; a form with files is sent as it is. */
  body?: unknown;
  query?: Record<string, string | number | null | undefined>;
  /** Names one intended act: repeated with the same key, it is done once. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

let csrfToken = '';
let onUnauthorized: () => void = () => undefined;

export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** Called whenever a request finds that nobody is signed in any more. */
export function whenUnauthorized(listener: () => void): void {
  onUnauthorized = listener;
}

/** A key that no other act has. `crypto.randomUUID` is missing in Chromium 86 and on plain http. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function addressOf(path: string, query: RequestOptions['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return `/api${path}${text ? `?${text}` : ''}`;
}

function headersOf(method: Method, options: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json, */*;q=0.5' };
  // For a form the browser writes the type itself: it holds the boundary between the parts.
  if (options.body !== undefined && !(options.body instanceof FormData)) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && csrfToken) headers['X-CSRF-Token'] = csrfToken;
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  return headers;
}

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const init: RequestInit = { method, credentials: 'same-origin', headers: headersOf(method, options) };
  const { body } = options;
  if (body !== undefined) init.body = body instanceof FormData ? body : JSON.stringify(body);
  if (options.signal) init.signal = options.signal;
  let response: Response;
  try {
    response = await fetch(addressOf(path, options.query), init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new NetworkError();
  }
  if (response.ok) return response;
  if (response.status === 401 && path !== '/session') onUnauthorized();
  throw await errorOf(response);
}

/**
 * One request to `/api`.
 * Throws `ApiError` for an answer that refuses, `NetworkError` when none came.
 */
export async function request<Result>(method: Method, path: string, options: RequestOptions = {}): Promise<Result> {
  const text = await (await send(method, path, options)).text();
  return (text ? JSON.parse(text) : undefined) as Result;
}

/** Like `request`, for answers that are files. */
export async function requestBlob(method: Method, path: string, options: RequestOptions = {}): Promise<Blob> {
  return (await send(method, path, options)).blob();
}

/** Like `request`, for the few resources that are not JSON. */
export async function requestText(path: string): Promise<string> {
  return (await send('GET', path, {})).text();
}

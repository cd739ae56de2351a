/** Messages of one request that failed, by form path (`jine`, `mingxi[0].danjia`). */
export type FieldErrors = Record<string, string[]>;

interface ProblemDetails {
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  fields?: FieldErrors;
  [member: string]: unknown;
}

/** The server answered, and refused: problem details (RFC 9457). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: FieldErrors;
  /** What the problem says beside the standard members, such as the controls that refused. */
  readonly details: Record<string, unknown>;

  constructor(
    status: number,
    message: string,
    code: string,
    fields: FieldErrors = {},
    details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.details = details;
  }

  /** Whether the server may not have handled the request, so that sending it again is the right thing to do. */
  get mayRetry(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

/** No answer came back: nobody knows whether the request was handled. */
export class NetworkError extends Error {
  constructor() {
    super('网络不通，请检查网络后重试。刚才的操作如已提交，重试不会重复办理。');
    this.name = 'NetworkError';
  }
}

const FALLBACK: Record<number, string> = {
  400: '提交的内容有误，请检查后重试。',
  401: '登录已失效，请重新登录。',
  403: '您没有办理此事项的权限。',
  404: '没有找到。可能已被办结或撤回。',
  409: '此事项刚刚被他人更新，请刷新后再办理。',
  413: '提交的内容过大，请减小后重试。',
  422: '此操作现在不能进行。',
  429: '操作过于频繁，请稍候再试。',
};

/** Builds the error of an unsuccessful response, whatever its body is. */
export async function errorOf(response: Response): Promise<ApiError> {
  let problem: ProblemDetails = {};
  const type = response.headers.get('Content-Type') ?? '';
  if (/\bjson\b/.test(type)) {
    problem = ((await response.json().catch(() => null)) as ProblemDetails | null) ?? {};
  }
  const message =
    problem.detail || problem.title || FALLBACK[response.status] || '服务器暂时不能处理，请稍后重试。';
  const code = problem.code ?? `http.${response.status}`;
  return new ApiError(response.status, message, code, problem.fields ?? {}, problem);
}

/** The words that people read for anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError || error instanceof NetworkError) return error.message;
  console.error(error);
  return '页面出错，请刷新后重试；如反复出现，请告知管理员。';
}

import type { Acknowledged } from './case-controls';
import { request, requestText } from './client';
import type * as T from './types';

export interface ListQuery {
  search?: string;
  procedure?: string;
  state?: string;
  cursor?: string | null;
  limit?: number;
}

const id = encodeURIComponent;

export const session = {
  read: () => request<T.Session>('GET', '/session'),
  open: (username: string, password: string) =>
    request<T.Session>('POST', '/session', { body: { username, password } }),
  close: () => request<void>('DELETE', '/session'),
  changePassword: (currentPassword: string, newPassword: string) =>
    request<void>('PUT', '/session/password', { body: { currentPassword, newPassword } }),
};

export const readCounts = () => request<T.Counts>('GET', '/counts');

export const userTasks = {
  list: (tab: 'todo' | 'done', query: ListQuery, signal?: AbortSignal) =>
    request<T.Page<T.UserTask>>('GET', '/user-tasks', { query: { tab, ...query }, ...(signal && { signal }) }),
  read: (key: string) => request<T.UserTaskDetail>('GET', `/user-tasks/${id(key)}`),
  claim: (key: string, idempotencyKey: string) =>
    request<T.UserTask>('POST', `/user-tasks/${id(key)}/claim`, { idempotencyKey }),
  unclaim: (key: string, idempotencyKey: string) =>
    request<T.UserTask>('POST', `/user-tasks/${id(key)}/unclaim`, { idempotencyKey }),
  saveDraft: (key: string, variables: T.Variables) =>
    request<void>('PUT', `/user-tasks/${id(key)}/draft`, { body: { variables } }),
  complete: (
    key: string,
    body: {
      variables: T.Variables;
      opinion?: string;
      revision?: number;
      acknowledged?: Acknowledged;
      outcome?: '同意' | '不同意';
      secondFactor?: string;
    },
    idempotencyKey: string,
  ) => request<T.Completion>('POST', `/user-tasks/${id(key)}/completion`, { body, idempotencyKey }),
};

export const procedures = {
  list: () => request<{ departments: T.ProcedureDepartment[] }>('GET', '/procedures'),
  startForm: (procedureId: string) => request<T.StartForm>('GET', `/procedures/${id(procedureId)}/start-form`),
};

export const cases = {
  list: (tab: 'started' | 'all', query: ListQuery, signal?: AbortSignal) =>
    request<T.Page<T.Case>>('GET', '/process-instances', { query: { tab, ...query }, ...(signal && { signal }) }),
  start: (
    body: { procedureId: string; variables: T.Variables; acknowledged?: Acknowledged },
    idempotencyKey: string,
  ) => request<T.StartedCase>('POST', '/process-instances', { body, idempotencyKey }),
  read: (key: string) => request<T.CaseDetail>('GET', `/process-instances/${id(key)}`),
  replay: (key: string) => request<T.Replay>('GET', `/process-instances/${id(key)}/replay`),
  record: (key: string) => request<{ items: T.RecordItem[] }>('GET', `/process-instances/${id(key)}/record`),
  proof: (key: string, clockId: string) =>
    request<T.ClockProof>('GET', `/process-instances/${id(key)}/clocks/${id(clockId)}/proof`),
};

export const readDefinitionXml = (key: string) => requestText(`/definitions/${id(key)}/xml`);

export const admin = {
  procedures: () => request<T.AdminProcedure[]>('GET', '/admin/procedures'),
  incidents: (state: string) => request<{ items: T.Incident[] }>('GET', '/admin/incidents', { query: { state } }),
  resolveIncident: (key: string, idempotencyKey: string) =>
    request<void>('POST', `/admin/incidents/${id(key)}/resolution`, { idempotencyKey }),
  jobs: (status: string) => request<{ items: T.Job[] }>('GET', '/admin/jobs', { query: { status } }),
  users: () => request<{ items: T.AdminUser[] }>('GET', '/admin/users'),
  calendar: (year: number) => request<T.CalendarYear>('GET', `/admin/calendar/${year}`),
};

export const readHealth = () => request<T.Health>('GET', '/health');

/**
 * The resources of `/api`, exactly as they travel: camelCase, keys are strings,
 * moments are ISO 8601 in UTC, dates are `YYYY-MM-DD` in Asia/Shanghai.
 */

import type { PreviewablePaper } from './papers';
import type { Involved } from './task-actions';
import type { TaskText } from './texts';

export type * from './admin-types';
export type * from './history-types';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Variables = Record<string, Json>;

export interface Named {
  id: string;
  name: string;
}

export interface SessionUser {
  id: string;
  username: string;
  name: string;
  department: Named | null;
  roles: string[];
  administrator: boolean;
  auditor: boolean;
}

export interface Session {
  user: SessionUser;
  csrfToken: string;
  mustChangePassword: boolean;
}

export interface Counts {
  todo: number;
  done: number;
  started: number;
}

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  total: number;
}

export type Light = 'green' | 'amber' | 'red' | 'overdue' | 'paused';

/** What every due date carries, on a user task and on a clock alike. */
export interface Due {
  dueAt: string | null;
  light: Light | null;
  /** Working days left, 0 on the last day, negative when overdue; absent where the server does not say. */
  remainingWorkingDays?: number | null;
}

export interface UserTask extends Due {
  key: string;
  name: string;
  elementId: string;
  processInstanceKey: string;
  processDefinitionKey: string;
  procedureId: string;
  procedureName: string;
  caseTitle: string;
  caseNumber: string | null;
  initiator: Named | null;
  assignee: Named | null;
  /** For whom the one who asks would act (甲代乙). */
  onBehalfOf?: Named | null;
  candidateGroups: string[];
  createdAt: string;
  completedAt: string | null;
  outcome: string | null;
  dueProvisional: boolean;
  priority: number;
  claimable: boolean;
  state: 'CREATED' | 'COMPLETED' | 'CANCELED';
}

/** The four parts of an element's documentation: 原文, 依据, 说明, 异常. */
export interface Documentation {
  seed?: string | null;
  basis?: string | null;
  note?: string | null;
  exception?: string | null;
}

export interface FormDefinition {
  id: string;
  version?: number | null;
  schema: FormSchema;
}

/** A form-js schema; only the viewer looks inside. */
export interface FormSchema {
  type: string;
  components: unknown[];
  [property: string]: unknown;
}

export interface UserTaskDetail extends UserTask, Involved {
  form: FormDefinition | null;
  variables: Variables;
  draft: Variables | null;
  documentation: Documentation | null;
  actions: string[];
  /** Papers that can be looked at before it is signed. */
  papers?: PreviewablePaper[];
  /** What it drafts (正文). */
  texts?: TaskText[];
  readOnly: boolean;
  revision: number;
}

export interface Completion {
  processInstanceKey: string;
  completed: boolean;
  /** Done, to take effect when the signers are. */
  held: boolean;
  nextTasks: UserTask[];
}

export interface Procedure {
  id: string;
  name: string;
  department: Named | string | null;
  family: string | null;
  /** 清单事项, 补充事项, 表单事项, 公用环节. */
  kind?: string;
  badges: string[];
  startable: boolean;
  /** Whether the asker may start it; without, everybody may. */
  entitled?: boolean;
  version: number | null;
  definitionKey: string | null;
  documentation: Documentation | string | null;
}

export interface ProcedureDepartment {
  id: string;
  name: string;
  procedures: Procedure[];
}

export interface StartForm {
  form: FormDefinition | null;
  definitionKey: string;
}

export interface StartedCase {
  key: string;
  caseTitle: string;
  nextTasks: UserTask[];
}

export type CaseState = 'ACTIVE' | 'COMPLETED' | 'TERMINATED' | 'SUSPENDED';

export interface ProofDay {
  date: string;
  counted: boolean;
  number: number | null;
  reason: string;
}

export interface Clock extends Due {
  id: string;
  name: string;
  state: 'running' | 'suspended' | 'stopped';
  startedOn: string;
  /** Kept when the clock has stopped; none while it is suspended. */
  lastDay: string | null;
  provisional: boolean;
  basis: string | null;
  proof?: ProofDay[];
}

export interface ClockProof {
  dueAt: string | null;
  provisional: boolean;
  days: ProofDay[];
}

export interface CurrentElement {
  elementId: string;
  name: string;
  assignees: string[];
}

export interface Case {
  key: string;
  procedureId: string;
  procedureName: string;
  definitionKey: string;
  version: number;
  caseTitle: string;
  caseNumber: string | null;
  state: CaseState;
  hasIncident: boolean;
  initiator: Named | null;
  startedAt: string;
  endedAt: string | null;
  currentElements: CurrentElement[];
  clocks: Clock[];
}

/** What people call the variables, where the procedure's forms say so. */
export type Labels = Record<string, string>;

/** What the forms call the values that were chosen, by variable and value. */
export type Choices = Record<string, Labels>;

export interface CaseDetail extends Case {
  variables: Variables;
  labels?: Labels;
  choices?: Choices;
}

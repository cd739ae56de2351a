/** What administrators look after, as it travels. */

import type { Named } from './types';

export interface Problem {
  file: string;
  line: number | null;
  element: string | null;
  code: string;
  severity: 'error' | 'warning' | 'note';
  message: string;
}

export interface AdminProcedure {
  id: string;
  name: string;
  department: Named | string | null;
  version: number | null;
  deployedAt: string | null;
  state: string;
  problems: Problem[];
}

export interface Incident {
  key: string;
  processInstanceKey: string;
  caseTitle: string;
  elementId: string;
  errorType: string;
  message: string;
  createdAt: string;
}

export interface Job {
  key: string;
  kind: string;
  status: string;
  dueAt: string | null;
  attempts: number;
  processInstanceKey: string | null;
  elementId: string | null;
  lastError: string | null;
}

export interface AdminUser {
  id: string;
  username: string;
  name: string;
  department: Named | null;
  roles: string[];
  active?: boolean;
  lockedUntil?: string | null;
}

/** A day that differs from the plain week, or every day of the year: both are accepted. */
export interface CalendarDay {
  date: string;
  off: boolean;
  name?: string | null;
  provisional?: boolean;
}

export interface CalendarYear {
  year: number;
  status: 'official' | 'provisional' | 'missing';
  version?: string | null;
  source?: string | null;
  days: CalendarDay[];
}

export interface Health {
  status: string;
  version: string;
  database: string;
}

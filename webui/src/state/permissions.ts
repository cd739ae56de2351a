import { session } from './session';

/** Roles that the platform itself knows. */
const SECURITY = '安全管理员';
const SUPERVISORS = ['派驻纪检监察组', '科室负责人@bgs'];
const ARCHIVISTS = ['档案员'];
const DRAWERS = ['科室负责人@zgk', '经办人@zgk'];

export interface Permissions {
  /** 系统管理员, 安全管理员, 审计管理员. */
  system: boolean;
  security: boolean;
  audit: boolean;
  anyAdministrator: boolean;
  /** Sees what controls hit: 派驻组, the head of the office, auditors. */
  supervises: boolean;
  /** 政工科 keeps the pool of experts and draws from it. */
  draws: boolean;
  /** Archivists and auditors list and fetch packages of ended cases. */
  archives: boolean;
}

/** What the person who is signed in may be shown; the server decides anew each time. */
export function permissions(): Permissions {
  const user = session.value?.user;
  const holds = (roles: string[]) => roles.some((role) => user?.roles.includes(role) ?? false);
  const system = user?.administrator ?? false;
  const audit = user?.auditor ?? false;
  const security = holds([SECURITY]);
  return {
    system,
    security,
    audit,
    anyAdministrator: system || security || audit,
    supervises: audit || holds(SUPERVISORS),
    draws: holds(DRAWERS),
    archives: audit || holds(ARCHIVISTS),
  };
}

import type { Service } from '../../api/services';
import { user } from '../../state/session';

const HEADS = ['科室负责人@', '分管负责人@'];

/** Whoever recorded a service may correct it, and the heads of a department; of which, the server decides. */
export function mayCorrect(service: Service): boolean {
  const me = user.value;
  if (!me) return false;
  return service.by?.id === me.id || me.roles.some((role) => HEADS.some((head) => role.startsWith(head)));
}

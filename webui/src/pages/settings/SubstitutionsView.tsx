import { useState } from 'preact/hooks';
import { procedures } from '../../api/endpoints';
import { substitutions } from '../../api/own';
import type { ProcedureDepartment } from '../../api/types';
import { Loaded } from '../../components/Loaded';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { permissions } from '../../state/permissions';
import { user } from '../../state/session';
import { SubstitutionDialog } from './SubstitutionDialog';
import { SubstitutionTable } from './SubstitutionTable';

export const procedureNames = (departments: readonly ProcedureDepartment[]): Map<string, string> =>
  new Map(departments.flatMap((department) => department.procedures.map(({ id, name }) => [id, name] as const)));

async function load() {
  const [own, catalogue] = await Promise.all([substitutions.own(), procedures.list()]);
  return { items: own.items, departments: catalogue.departments, names: procedureNames(catalogue.departments) };
}

/** 离岗委托: one's own, as who is away and as who stands in. */
export function SubstitutionsView() {
  const loading = useLoading(load, []);
  const [granting, setGranting] = useState(false);
  const me = user.value;
  const isHead = me?.roles.some((role) => role.startsWith('科室负责人@')) ?? false;
  return (
    <>
      <div class="page-head">
        <h1>离岗委托</h1>
        <button
          type="button"
          class="button button-primary"
          disabled={!loading.value}
          onClick={() => setGranting(true)}
        >
          新建委托
        </button>
      </div>
      <p class="page-lead">离岗期间，受托人在自己的待办中代您办理，办理记录写明双方姓名（甲代乙）；到期自动恢复。</p>
      <Loaded of={loading}>
        {({ items, departments, names }) => (
          <>
            <SubstitutionTable
              items={items}
              names={names}
              mayWithdraw={(item) => item.principal.id === me?.id || item.substitute.id === me?.id}
              empty="没有与您有关的委托。"
              onChanged={loading.reload}
            />
            {granting && (
              <SubstitutionDialog
                departments={departments}
                forOthers={isHead || permissions().system}
                onClose={() => setGranting(false)}
                onDone={(said) => {
                  setGranting(false);
                  showDone(said);
                  loading.reload();
                }}
              />
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

import { useState } from 'preact/hooks';
import { procedures } from '../../../api/endpoints';
import { substitutions } from '../../../api/own';
import { Loaded } from '../../../components/Loaded';
import { useLoading } from '../../../state/loading';
import { showDone } from '../../../state/notices';
import { permissions } from '../../../state/permissions';
import { SubstitutionDialog } from '../../settings/SubstitutionDialog';
import { SubstitutionTable } from '../../settings/SubstitutionTable';
import { procedureNames } from '../../settings/SubstitutionsView';

async function load() {
  const [all, catalogue] = await Promise.all([substitutions.all(), procedures.list()]);
  return { items: all.items, departments: catalogue.departments, names: procedureNames(catalogue.departments) };
}

/** 离岗委托 of everybody, for administrators; the system administrator grants and withdraws them. */
export function AllSubstitutionsView() {
  const loading = useLoading(load, []);
  const [granting, setGranting] = useState(false);
  const { system } = permissions();
  return (
    <>
      <div class="page-head">
        <h1>离岗委托</h1>
        {system && (
          <button type="button" class="button button-primary" disabled={!loading.value} onClick={() => setGranting(true)}>
            新建委托
          </button>
        )}
      </div>
      <Loaded of={loading}>
        {({ items, departments, names }) => (
          <>
            <SubstitutionTable
              items={items}
              names={names}
              mayWithdraw={() => system}
              empty="没有离岗委托。"
              onChanged={loading.reload}
            />
            {granting && (
              <SubstitutionDialog
                departments={departments}
                forOthers
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

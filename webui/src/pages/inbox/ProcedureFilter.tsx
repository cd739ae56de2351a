import { useState } from 'preact/hooks';
import { procedures } from '../../api/endpoints';
import type { ProcedureDepartment } from '../../api/types';
import { showError } from '../../state/notices';

interface ProcedureFilterProps {
  value: string;
  onChange: (procedureId: string) => void;
}

/** Narrows the list to one procedure; the choices are fetched when someone first reaches for them. */
export function ProcedureFilter({ value, onChange }: ProcedureFilterProps) {
  const [departments, setDepartments] = useState<ProcedureDepartment[] | null>(null);
  const load = () => {
    if (departments) return;
    procedures.list().then((answer) => setDepartments(answer.departments), showError);
  };
  return (
    <select
      class="input select"
      aria-label="按流程筛选"
      value={value}
      onFocus={load}
      onPointerEnter={load}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">全部流程</option>
      {(departments ?? []).map((department) => (
        <optgroup key={department.id} label={department.name}>
          {department.procedures.map((procedure) => (
            <option key={procedure.id} value={procedure.id}>
              {procedure.name}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

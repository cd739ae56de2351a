import type { Procedure, ProcedureDepartment } from '../../api/types';

/** Whether every word of the search is in the procedure's name, id, family or department. */
function matches(procedure: Procedure, department: string, words: string[]): boolean {
  const text = [procedure.name, procedure.id, procedure.family ?? '', department].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

const PART = '公用环节';

/** The departments with what is found in them, without parts that only procedures call; empty departments are left out. */
export function searchCatalogue(departments: ProcedureDepartment[], search: string): ProcedureDepartment[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return departments
    .map((department) => ({
      ...department,
      procedures: department.procedures.filter(
        (procedure) => procedure.kind !== PART && matches(procedure, department.name, words),
      ),
    }))
    .filter((department) => department.procedures.length > 0);
}

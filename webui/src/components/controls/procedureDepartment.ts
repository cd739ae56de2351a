import { procedures } from '../../api/endpoints';

let departments: Promise<Map<string, string>> | null = null;

async function read(): Promise<Map<string, string>> {
  const catalogue = await procedures.list();
  return new Map(
    catalogue.departments.flatMap((department) =>
      department.procedures.map((procedure): [string, string] => [procedure.id, department.id]),
    ),
  );
}

/** The department whose procedure it is, by the catalogue; null for one that is not in it. */
export async function procedureDepartment(procedureId: string): Promise<string | null> {
  departments ??= read().catch((error: unknown) => {
    departments = null;
    throw error;
  });
  return (await departments).get(procedureId) ?? null;
}

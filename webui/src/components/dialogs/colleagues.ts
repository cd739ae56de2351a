import type { Colleague } from '../../api/people';

export interface DepartmentPeople {
  department: string;
  people: Colleague[];
}

/** People whose name, department or user name has every word that was typed. */
export function matching(all: readonly Colleague[], text: string): Colleague[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((person) => {
    const told = `${person.name} ${person.department ?? ''} ${person.id}`.toLowerCase();
    return words.every((word) => told.includes(word));
  });
}

/** People under their departments, in the order in which they came; who has none comes last. */
export function byDepartment(all: readonly Colleague[]): DepartmentPeople[] {
  const groups = new Map<string, Colleague[]>();
  const sorted = [...all.filter((person) => person.department), ...all.filter((person) => !person.department)];
  for (const person of sorted) {
    const department = person.department ?? '其他';
    groups.set(department, [...(groups.get(department) ?? []), person]);
  }
  return Array.from(groups, ([department, people]) => ({ department, people }));
}

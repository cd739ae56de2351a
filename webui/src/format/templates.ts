/** A table to be filled in, as a CSV file that spreadsheet programs open with its Chinese intact. */
export function csvAddress(headings: readonly string[], example: readonly string[]): string {
  const line = (cells: readonly string[]) => cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(',');
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${line(headings)}\r\n${line(example)}\r\n`)}`;
}

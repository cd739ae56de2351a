/** Request headers as people type them, one a line: `X-Api-Key: secret`. Words say what is no header. */
export function readHeaders(text: string): { headers: Record<string, string> } | { problem: string } {
  const headers: Record<string, string> = {};
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (!line) continue;
    const parted = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*:\s*(.*)$/.exec(line);
    const [, name, value] = parted ?? [];
    if (!name || value === undefined) return { problem: `“${line.slice(0, 40)}”不是“名称: 值”的形式。` };
    headers[name] = value;
  }
  return { headers };
}

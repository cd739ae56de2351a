/** Ends of addresses under which parts of a case are read, and what people call the parts. */
const PARTS: ReadonlyArray<readonly [ending: string, words: string]> = [
  ['/replay', '流程回放'],
  ['/record', '办理记录'],
  ['/history', '历史事件'],
  ['/variables', '数据'],
  ['/controls', '控制结果'],
  ['/draws', '专家抽取'],
  ['/copies', '抄送回执'],
  ['/issued', '文号送达'],
  ['/print', '打印'],
];

/** What was read of a case, from the address that the record of reads keeps. */
export function partRead(resource: string): string {
  const found = PARTS.find(([ending]) => resource.endsWith(ending));
  if (found) return found[1];
  if (resource.includes('/clocks/')) return '期限';
  if (resource.includes('/texts')) return '正文';
  if (resource.includes('/documents') || resource.includes('/attachments')) return '材料';
  if (resource.includes('/archive')) return '归档';
  if (resource.includes('/user-tasks/')) return '待办';
  return '概况';
}

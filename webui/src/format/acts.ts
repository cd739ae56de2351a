/** What people call the commands on a case that the server names by their type. */
const ACTS: Record<string, string> = {
  clock_suspended: '中止期限',
  clock_resumed: '恢复期限',
  clock_extended: '延长期限',
  clock_restarted: '重新起算期限',
  clock_stopped: '终止期限',
  clock_start_corrected: '更正起算日',
  clock_light_reached: '期限提醒',
  clocks_recomputed: '按新日历重算期限',
  control_evaluated: '风险防控检查',
  control_overridden: '批准控制例外',
  expert_draw_committed: '公布专家抽取',
  experts_drawn: '抽取专家',
  content_erased: '删除内容',
  erasure_proposed: '提出删除内容',
  erasure_rejected: '驳回删除内容',
  document_stored: '存入文件',
  document_deleted: '删除文件',
  job_retries_updated: '调整作业重试次数',
  process_instance_migrated: '迁移到新版流程',
  process_instance_modified: '调整流程位置',
  restricted_case_read: '查阅',
  user_task_updated: '修改待办',
  text_version_saved: '保存正文',
  case_archived: '归档',
  number_voided: '编号作废',
  service_corrected: '更正送达',
};

/** The words for a command: those that came, unless they are its bare type. */
export function actWords(action: string): string {
  return ACTS[action] ?? action;
}

/** The form viewer's texts in Chinese; `{value}` and the like are filled in by the viewer. */
const TEXTS: Record<string, string> = {
  'Add new': '添加一行',
  'All values selected': '已全部选择',
  'Click to remove sorting': '点击取消排序',
  'Click to sort by {value} ascending': '点击按“{value}”升序排列',
  'Click to sort by {value} descending': '点击按“{value}”降序排列',
  Collapse: '收起',
  'Date and time must both be entered.': '日期和时间都要填写。',
  Decrement: '减少',
  'Document reference is not defined.': '没有指定文件。',
  'Download {fileName}': '下载 {fileName}',
  'Expand all ({value})': '全部展开（{value}）',
  "External content couldn't be loaded.": '外部内容未能载入。',
  'Field is required.': '此项必填。',
  'Field must be a valid email.': '请填写正确的电子邮箱。',
  'Field must be a valid international phone number. (e.g. +4930664040900)':
    '请填写带国家代码的电话号码，如 +8613800000000。',
  'Field must have maximum length of {value}.': '不能超过 {value} 个字。',
  'Field must have maximum value of {value}.': '不能大于 {value}。',
  'Field must have minimum length of {value}.': '不能少于 {value} 个字。',
  'Field must have minimum value of {value}.': '不能小于 {value}。',
  'Field must match pattern {value}.': '格式不正确，应符合 {value}。',
  Increment: '增加',
  'Max validation value is not a valid number.': '表单设置的最大值不是数字，请告知管理员。',
  'Min validation value is not a valid number.': '表单设置的最小值不是数字，请告知管理员。',
  'Next page': '下一页',
  'No content to show.': '没有内容。',
  'No files selected': '未选择文件',
  'No results': '没有符合的选项',
  'Nothing to show.': '没有内容。',
  'Please select a valid value, the two nearest valid values are {previousValue} and {nextValue}.':
    '请填写有效的数值，最接近的是 {previousValue} 和 {nextValue}。',
  'Previous page': '上一页',
  'Remove tag': '移除',
  Search: '搜索',
  'Skip to search': '跳到搜索',
  'Unable to download document': '文件未能下载',
  'Value is expected to be an integer.': '请填写整数。',
  'Value is expected to have at most 1 decimal digit.': '最多 1 位小数。',
  'Value is expected to have at most {value} decimal digits.': '最多 {value} 位小数。',
  'Value is not a number.': '请填写数字。',
  "binding path '{value}' is already claimed": '表单中“{value}”被两个字段同时使用，请告知管理员。',
  '{page} of {total}': '第 {page} 页，共 {total} 页',
  '{value} files selected': '已选择 {value} 个文件',
};

type Replacements = Record<string, unknown>;

/** Gives the Chinese text; an unknown one is shown as it is. */
export function translate(template: string, replacements: Replacements = {}): string {
  const text = TEXTS[template] ?? template;
  return text.replace(/{([^}]+)}/g, (whole, name: string) =>
    name in replacements ? String(replacements[name]) : whole,
  );
}

export const translations = TEXTS;
export const translateModule = { translate: ['value', translate] };

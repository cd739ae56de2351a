const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

/** A proof of twenty weekdays; sample data knows no holidays. */
export function proofOf(clock) {
  const days = [];
  let number = 0;
  for (let at = Date.parse(clock.startedOn); number < 20; at += 86_400_000) {
    const day = new Date(at);
    const weekend = day.getUTCDay() % 6 === 0;
    const first = days.length === 0;
    const counted = !first && !weekend;
    if (counted) number += 1;
    const reason = first ? '开始当日不计入' : weekend ? `周${WEEKDAYS[day.getUTCDay()]}休息` : '工作日';
    days.push({ date: day.toISOString().slice(0, 10), counted, number: counted ? number : null, reason });
  }
  return { dueAt: clock.dueAt, provisional: clock.provisional, days };
}

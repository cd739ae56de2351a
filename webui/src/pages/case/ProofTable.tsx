import type { ProofDay } from '../../api/types';

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

/** A due date reckoned day by day. */
export function ProofTable({ days, provisional }: { days: ProofDay[]; provisional: boolean }) {
  return (
    <div class="table-frame proof">
      <table class="table table-dense">
        <caption>逐日推算{provisional ? '（暂算：尚无当年官方放假安排）' : ''}</caption>
        <thead>
          <tr>
            <th>日期</th>
            <th>星期</th>
            <th class="number">第几日</th>
            <th>是否计入</th>
            <th>理由</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.date} class={day.counted ? undefined : 'row-muted'}>
              <td>{day.date}</td>
              <td>{WEEKDAYS[new Date(`${day.date}T00:00:00Z`).getUTCDay()]}</td>
              <td class="number">{day.counted ? (day.number ?? '') : ''}</td>
              <td>{day.counted ? '计入' : '不计'}</td>
              <td>{day.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

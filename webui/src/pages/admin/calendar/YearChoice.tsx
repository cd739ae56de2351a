/** One year after or before another. */
export function YearChoice({ year, onChange }: { year: number; onChange: (year: number) => void }) {
  return (
    <div class="year-choice" role="group" aria-label="年份">
      <button type="button" class="button" aria-label="上一年" onClick={() => onChange(year - 1)}>
        ◀
      </button>
      <b role="status">{year} 年</b>
      <button type="button" class="button" aria-label="下一年" onClick={() => onChange(year + 1)}>
        ▶
      </button>
    </div>
  );
}

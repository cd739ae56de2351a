import { describe, expect, it } from 'vitest';
import { dueWords } from '../src/format/due';

/** Monday 2026-11-23, 10:00 in Shanghai. */
const NOW = Date.parse('2026-11-23T02:00:00Z');
/** The end of 2026-11-26: the midnight after it, in UTC. */
const THURSDAY = '2026-11-26T16:00:00Z';

const due = (more: Partial<Parameters<typeof dueWords>[0]>) =>
  dueWords({ dueAt: THURSDAY, light: 'green', provisional: false, ...more }, NOW);

describe('the words of a due date', () => {
  it('counts working days when the server says them', () => {
    expect(due({ remainingWorkingDays: 3 })).toEqual({ tone: 'green', word: '剩3个工作日', provisional: false });
  });

  it('counts natural days, called 天, when it does not', () => {
    expect(due({}).word).toBe('剩3天');
  });

  it('says 今日到期 on the last day', () => {
    expect(due({ remainingWorkingDays: 0, light: 'red' }).word).toBe('今日到期');
    expect(due({ dueAt: '2026-11-23T16:00:00Z', light: 'red' }).word).toBe('今日到期');
    expect(due({ dueAt: '2026-11-23T15:59:59.999999Z', light: 'red' }).word).toBe('今日到期');
  });

  it('says by how much it is overdue', () => {
    const past = { dueAt: '2026-11-18T16:00:00Z', light: 'overdue' } as const;
    expect(due({ ...past, remainingWorkingDays: -3 })).toEqual({
      tone: 'overdue',
      word: '已逾期3个工作日',
      provisional: false,
    });
    expect(due(past).word).toBe('已逾期5天');
  });

  it('is overdue as soon as the moment has passed, whatever lamp the server gave before', () => {
    const words = due({ dueAt: '2026-11-23T01:00:00Z', light: 'red', remainingWorkingDays: 0 });
    expect(words).toEqual({ tone: 'overdue', word: '已逾期', provisional: false });
  });

  it('marks a date on a calendar that is not official yet', () => {
    expect(due({ provisional: true }).provisional).toBe(true);
  });

  it('says 中止 while the clock is suspended, and promises no date', () => {
    expect(due({ light: 'paused', provisional: true })).toEqual({ tone: 'paused', word: '中止', provisional: false });
    expect(due({ light: 'paused', dueAt: null }).word).toBe('中止');
  });

  it('says 无期限 where there is none', () => {
    expect(due({ dueAt: null, light: null })).toEqual({ tone: 'none', word: '无期限', provisional: false });
  });

  it('always has a word beside the tone', () => {
    for (const light of ['green', 'amber', 'red', 'overdue', 'paused'] as const) {
      expect(due({ light }).word).not.toBe('');
    }
  });
});

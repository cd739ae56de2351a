import type { Due, Light } from '../api/types';
import { daysUntil } from './dates';

/** How a due date looks: the tone colours the lamp, the word says the same without colour. */
export interface DueWords {
  tone: Light | 'none';
  word: string;
  provisional: boolean;
}

interface DueInput extends Due {
  provisional: boolean;
}

function remaining(days: number, unit: string): string {
  if (days < 0) return `逾期${-days}${unit}`;
  return days === 0 ? '今日到期' : `剩${days}${unit}`;
}

function wordOf(due: DueInput & { dueAt: string }, now: number): string {
  const expired = due.light === 'overdue' || Date.parse(due.dueAt) < now;
  const working = due.remainingWorkingDays;
  if (expired) {
    if (working !== null && working !== undefined && working < 0) return `已逾期${-working}个工作日`;
    const days = daysUntil(due.dueAt, now);
    return days < 0 ? `已逾期${-days}天` : '已逾期';
  }
  if (working !== null && working !== undefined) return remaining(working, '个工作日');
  return remaining(daysUntil(due.dueAt, now), '天');
}

function toneOf(due: DueInput & { dueAt: string }, now: number): Light {
  if (Date.parse(due.dueAt) < now) return 'overdue';
  return due.light ?? 'green';
}

/**
 * The words for a due date: 剩3个工作日, 今日到期, 已逾期2个工作日, 中止, 无期限.
 * Without the server's count of working days it says natural days and calls them 天, never 工作日.
 */
export function dueWords(due: DueInput, now: number): DueWords {
  if (due.light === 'paused') return { tone: 'paused', word: '中止', provisional: false };
  if (due.dueAt === null) return { tone: 'none', word: '无期限', provisional: false };
  const dated = { ...due, dueAt: due.dueAt };
  return { tone: toneOf(dated, now), word: wordOf(dated, now), provisional: due.provisional };
}

/**
 * The recorded fleet hour by hour, as a table for a terminal: what happened, before any what-if.
 */
import type { ReplayResult } from '../../core/contract/shapes.ts';
import type { Language } from '../../core/messages/index.ts';
import { table } from './table.ts';

const labels = {
  en: {
    hour: 'hour (UTC)',
    arrivals: 'arrivals/min',
    backlog: 'peak backlog',
    age: 'worst age',
    instances: 'instances',
    title: 'Recorded fleet',
  },
  ko: {
    hour: '시각 (UTC)',
    arrivals: '분당 도착',
    backlog: '최대 백로그',
    age: '최대 대기 시간',
    instances: '인스턴스',
    title: '기록된 플릿',
  },
} as const;

/** One line per hour: mean arrivals, peak backlog, worst age, smallest to largest instance count. */
export function fleetLines({ recorded: { columns } }: ReplayResult, language: Language): string[] {
  const label = labels[language];
  const rows: string[][] = [[label.hour, label.arrivals, label.backlog, label.age, label.instances]];
  for (let from = 0; from < columns.times.length; from += 60) {
    const part = (column: Float64Array): number[] =>
      [...column.subarray(from, from + 60)].filter((value) => !Number.isNaN(value));
    const arrivals = part(columns.arrivals);
    const inService = part(columns.inService);
    const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);
    rows.push([
      new Date(columns.times[from]! * 1000).toISOString().slice(11, 16),
      (arrivals.reduce((sum, value) => sum + value, 0) / Math.max(1, arrivals.length)).toFixed(0),
      largest(part(columns.backlog)).toFixed(0),
      `${largest(part(columns.ageSeconds)).toFixed(0)} s`,
      inService.length === 0 ? '-' : `${Math.min(...inService)} - ${largest(inService)}`,
    ]);
  }
  return [label.title, ...table(rows)];
}

/**
 * The overview's rows made ready: which of them, in which order, and the one word for each one's state. Pure.
 *
 * Worst first by the engine's score (docs/overview-score.md). Not here: how a row is drawn.
 */
import type { ConnectionStatus, ResourceRow } from '../../../core/contract/shapes.ts';
import { expectedEverySeconds } from '../../../core/model/cadence.ts';
import type { Tone } from '../../parts/Mark.tsx';

export type RowState = 'alarm' | 'growing' | 'hot' | 'deadLetters' | 'stale' | 'draining' | 'steady' | 'noData';

export const rowLooks: Readonly<Record<RowState, { readonly tone: Tone; readonly sign: string }>> = {
  alarm: { tone: 'bad', sign: '■' },
  growing: { tone: 'warn', sign: '▲' },
  hot: { tone: 'warn', sign: '◆' },
  deadLetters: { tone: 'warn', sign: '✕' },
  stale: { tone: 'warn', sign: '◔' },
  draining: { tone: 'info', sign: '▼' },
  steady: { tone: 'good', sign: '○' },
  noData: { tone: 'quiet', sign: '–' },
};

const publicationDelaySeconds = 60;

/** UX-14: stale begins at 2.5 periods without data, beside what CloudWatch takes to publish. */
export function staleAfterMs(connection?: Pick<ConnectionStatus, 'pollIntervalSeconds' | 'speed'>): number {
  const everySeconds = expectedEverySeconds(connection?.pollIntervalSeconds ?? 60, connection?.speed ?? 1);
  return (2.5 * everySeconds + publicationDelaySeconds) * 1000;
}

export function isStale(row: Pick<ResourceRow, 'lastDatapointMs'>, nowMs: number, afterMs: number): boolean {
  return row.lastDatapointMs !== null && nowMs - row.lastDatapointMs > afterMs;
}

/** The first that holds, worst first. */
export function rowState(row: ResourceRow, nowMs: number, afterMs = staleAfterMs()): RowState {
  if (row.alarm?.state === 'ALARM') return 'alarm';
  if (row.lastDatapointMs === null) return 'noData';
  if (isStale(row, nowMs, afterMs)) return 'stale';
  if (row.trend === 'growing') return 'growing';
  if (row.hotShard !== null) return 'hot';
  if (row.scoreReasons.includes('deadLettersGrowing')) return 'deadLetters';
  return row.trend === 'draining' ? 'draining' : 'steady';
}

/** Worst first; equal scores by name, then id, so that rows do not trade places for nothing. */
export function worstFirst(rows: readonly ResourceRow[], language: string): ResourceRow[] {
  const collator = new Intl.Collator(language, { numeric: true });
  return [...rows].sort(
    (a, b) => b.score - a.score || collator.compare(a.name, b.name) || (a.resourceId < b.resourceId ? -1 : 1),
  );
}

/** Every word typed must be somewhere in the row: name, region, kind, alarm, dead-letter queue. */
export function filterRows(rows: readonly ResourceRow[], typed: string): ResourceRow[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [...rows];
  return rows.filter((row) => {
    const text = [
      row.name,
      row.region,
      row.kind,
      row.alarm?.name,
      row.alarm?.state,
      row.deadLetter?.name,
      row.resourceId,
    ]
      .join(' ')
      .toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** Where the selection goes: by id, so it stays on its resource when the order changes (UX-06). */
export function moveSelection(
  rows: readonly Pick<ResourceRow, 'resourceId'>[],
  selectedId: string | null,
  step: number,
): string | null {
  if (rows.length === 0) return null;
  const at = rows.findIndex(({ resourceId }) => resourceId === selectedId);
  if (at < 0) return rows[step > 0 ? 0 : rows.length - 1]!.resourceId;
  return rows[Math.min(rows.length - 1, Math.max(0, at + step))]!.resourceId;
}

/** An estimate is not good to the second: whole minutes from ten minutes on. */
export function roundedEstimate(seconds: number): number {
  return seconds < 600 ? seconds : Math.round(seconds / 60) * 60;
}

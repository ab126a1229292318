/**
 * Events made ready for the lane: alarm states as spans, other events as marks that do not lie on each other. Pure.
 */
import type { EventRow, TimeRange } from '../../core/contract/shapes.ts';
import type { EventData } from '../../core/model/events.ts';
import type { Tone } from '../parts/Mark.tsx';

export type AlarmStateName = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface AlarmSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly state: AlarmStateName;
}

function dataOf(event: EventRow): EventData {
  return event.data as EventData;
}

/** For every alarm with a change in the range: its state over the range, as far as the changes tell. */
export function alarmSpans(events: readonly EventRow[], range: TimeRange): { alarmName: string; spans: AlarmSpan[] }[] {
  const byAlarm = new Map<string, { atMs: number; from: string; to: string }[]>();
  for (const event of events) {
    const data = dataOf(event);
    if (data.kind !== 'alarm-state') continue;
    const changes = byAlarm.get(data.alarmName) ?? [];
    changes.push({ atMs: event.atMs, from: data.from, to: data.to });
    byAlarm.set(data.alarmName, changes);
  }
  return [...byAlarm.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([alarmName, changes]) => ({ alarmName, spans: spansOf(changes, range) }));
}

function spansOf(changes: { atMs: number; from: string; to: string }[], { fromMs, toMs }: TimeRange): AlarmSpan[] {
  const inOrder = changes.filter(({ atMs }) => atMs < toMs).sort((a, b) => a.atMs - b.atMs);
  const spans: AlarmSpan[] = [];
  let at = fromMs;
  let state = inOrder[0] === undefined ? null : stateName(inOrder[0].from);
  for (const change of inOrder) {
    if (change.atMs > at && state !== null) spans.push({ fromMs: at, toMs: change.atMs, state });
    at = Math.max(fromMs, change.atMs);
    state = stateName(change.to);
  }
  if (state !== null && toMs > at) spans.push({ fromMs: at, toMs, state });
  return spans;
}

function stateName(text: string): AlarmStateName | null {
  return text === 'OK' || text === 'ALARM' || text === 'INSUFFICIENT_DATA' ? text : null;
}

export interface LaneMark {
  /** From the left edge of the plot. */
  readonly xPixels: number;
  readonly events: readonly EventRow[];
}

/** A sign alone; marks that would lie on each other become one with a count. */
export const markPixels = 14;
const countGapPixels = 2;
const digitPixels = 6;

function markWidth({ events }: LaneMark): number {
  const count = events.length;
  return count === 1 ? markPixels : markPixels + countGapPixels + digitPixels * String(count).length;
}

export function laneMarks(events: readonly EventRow[], range: TimeRange, widthPixels: number): LaneMark[] {
  const marks: { xPixels: number; events: EventRow[] }[] = [];
  const shown = events
    .filter(
      ({ kind, atMs }) =>
        kind !== 'alarm-state' && kind !== 'alarm-action' && atMs >= range.fromMs && atMs <= range.toMs,
    )
    .sort((a, b) => a.atMs - b.atMs);
  for (const event of shown) {
    const xPixels = ((event.atMs - range.fromMs) / (range.toMs - range.fromMs)) * widthPixels;
    const last = marks.at(-1);
    if (last !== undefined && xPixels - last.xPixels < markWidth(last)) last.events.push(event);
    else marks.push({ xPixels, events: [event] });
  }
  return marks;
}

/** Sign and tone of an event; the title says the rest. */
export function eventLook(event: EventRow): { readonly sign: string; readonly tone: Tone } {
  const data = dataOf(event);
  switch (data.kind) {
    case 'note':
      return { sign: '◆', tone: 'info' };
    case 'scaling-activity':
      if (data.direction === 'launch') return { sign: '▲', tone: 'good' };
      return data.direction === 'terminate' ? { sign: '▼', tone: 'warn' } : { sign: '●', tone: 'quiet' };
    case 'alarm-state':
      return data.to === 'ALARM'
        ? { sign: '■', tone: 'bad' }
        : { sign: '○', tone: data.to === 'OK' ? 'good' : 'quiet' };
    case 'alarm-action':
      return { sign: '▸', tone: 'quiet' };
    case 'configuration':
      return { sign: '✎', tone: 'info' };
    case 'recorder':
      return {
        sign: data.what === 'gap' || data.what === 'error' ? '!' : '⚑',
        tone: data.what === 'error' ? 'bad' : 'warn',
      };
  }
}

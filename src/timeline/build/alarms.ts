/**
 * Alarm state changes and actions folded: ALARM and what ended it become one entry with a length.
 *
 * Only pairs what was recorded, by alarm name and connection; a state that nothing ended keeps running.
 */
import type { IncidentEvent } from '../../core/model/events.ts';
import type { TimelineAlarm, TimelineEntry } from '../types.ts';

interface Open {
  readonly entry: TimelineEntry & { readonly fact: { readonly kind: 'alarm' } };
  readonly index: number;
}

/**
 * Alarms that watch for little to do, as scale-in alarms do: they are in ALARM when all is well, so being in ALARM is
 * neither important nor a milestone.
 */
export function quietAlarmNames(alarms: readonly TimelineAlarm[]): ReadonlySet<string> {
  return new Set(
    alarms.filter(({ alarm }) => alarm.comparisonOperator.startsWith('LessThan')).map(({ alarm }) => alarm.name),
  );
}

/** @param events in order of time; other kinds are ignored */
export function foldAlarms(events: readonly IncidentEvent[], quietAlarms: ReadonlySet<string>): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  const inAlarm = new Map<string, Open>();
  const actions = new Map<string, number>();

  for (const event of events) {
    const { data } = event;
    if (data.kind === 'alarm-state') {
      const key = alarmKey(event, data.alarmName);
      forgetActions(actions, key);
      const open = inAlarm.get(key);
      if (open !== undefined) {
        inAlarm.delete(key);
        entries[open.index] = {
          ...open.entry,
          endMs: event.atMs,
          fact: { ...open.entry.fact, until: data.to },
          sources: [...open.entry.sources, event.sourceId],
        };
        if (data.to !== 'ALARM') continue;
      }
      const entry = {
        atMs: event.atMs,
        endMs: null,
        connectionId: event.connectionId,
        resourceId: event.resourceId,
        importance: data.to === 'ALARM' && !quietAlarms.has(data.alarmName) ? 'high' : 'normal',
        fact: {
          kind: 'alarm',
          alarmName: data.alarmName,
          from: data.from,
          to: data.to,
          until: null,
          reason: data.reason,
        },
        sources: [event.sourceId],
      } as const satisfies TimelineEntry;
      if (data.to === 'ALARM') inAlarm.set(key, { entry, index: entries.length });
      entries.push(entry);
    } else if (data.kind === 'alarm-action') {
      const key = `${alarmKey(event, data.alarmName)}\n${data.summary}`;
      const known = actions.get(key);
      if (known === undefined) {
        actions.set(key, entries.length);
        entries.push({
          atMs: event.atMs,
          endMs: null,
          connectionId: event.connectionId,
          resourceId: event.resourceId,
          importance: 'low',
          fact: { kind: 'alarm-action', alarmName: data.alarmName, summary: data.summary, count: 1 },
          sources: [event.sourceId],
        });
      } else {
        const first = entries[known]!;
        if (first.fact.kind !== 'alarm-action') throw new Error('an action was folded into something else');
        entries[known] = {
          ...first,
          endMs: event.atMs,
          fact: { ...first.fact, count: first.fact.count + 1 },
          sources: [...first.sources, event.sourceId],
        };
      }
    }
  }
  return entries;
}

function alarmKey(event: IncidentEvent, alarmName: string): string {
  return `${event.connectionId ?? ''}\n${alarmName}`;
}

/** Equal actions fold only within one state of their alarm. */
function forgetActions(actions: Map<string, number>, alarm: string): void {
  for (const key of actions.keys()) {
    if (key.startsWith(`${alarm}\n`)) actions.delete(key);
  }
}

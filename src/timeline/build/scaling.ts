/**
 * Scaling activities of one decision folded into one entry: "desired 2 -> 5, 3 instances launched".
 *
 * Activities belong together when group, direction and the change of the desired capacity agree and they follow each
 * other closely; without a known change, when their cause reads the same.
 */
import type { IncidentEvent } from '../../core/model/events.ts';
import type { TimelineEntry } from '../types.ts';

/** Activities of one decision start within a minute or two of each other; the next decision is at least a period away. */
const sameDecisionMs = 120_000;

const failures = new Set(['Failed', 'Cancelled']);

/** @param events in order of time; other kinds are ignored */
export function foldScaling(events: readonly IncidentEvent[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  const open = new Map<string, { index: number; lastMs: number }>();

  for (const event of events) {
    const { data } = event;
    if (data.kind !== 'scaling-activity') continue;
    const change =
      data.desiredBefore === null || data.desiredAfter === null
        ? event.detail
        : `${data.desiredBefore}>${data.desiredAfter}`;
    const key = [event.connectionId ?? '', data.groupName, data.direction, change].join('\n');
    const succeeded = data.statusCode === 'Successful' ? 1 : 0;
    const failed = failures.has(data.statusCode) ? 1 : 0;
    const running = 1 - succeeded - failed;
    const instanceIds = data.instanceId === null ? [] : [data.instanceId];

    const known = open.get(key);
    if (known === undefined || event.atMs - known.lastMs > sameDecisionMs) {
      open.set(key, { index: entries.length, lastMs: event.atMs });
      entries.push({
        atMs: event.atMs,
        endMs: running > 0 ? null : event.endMs,
        connectionId: event.connectionId,
        resourceId: event.resourceId,
        importance: failed > 0 ? 'high' : 'normal',
        fact: {
          kind: 'scaling',
          groupName: data.groupName,
          direction: data.direction,
          desiredBefore: data.desiredBefore,
          desiredAfter: data.desiredAfter,
          succeeded,
          failed,
          running,
          instanceIds,
          title: event.title,
          detail: event.detail,
        },
        sources: [event.sourceId],
      });
      continue;
    }
    known.lastMs = event.atMs;
    const entry = entries[known.index]!;
    const { fact } = entry;
    if (fact.kind !== 'scaling') throw new Error('an activity was folded into something else');
    const allEnded = fact.running + running === 0;
    entries[known.index] = {
      ...entry,
      endMs: allEnded ? latest(entry.endMs, event.endMs) : null,
      importance: failed > 0 ? 'high' : entry.importance,
      fact: {
        ...fact,
        succeeded: fact.succeeded + succeeded,
        failed: fact.failed + failed,
        running: fact.running + running,
        instanceIds: [...fact.instanceIds, ...instanceIds],
      },
      sources: [...entry.sources, event.sourceId],
    };
  }
  return entries;
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.max(a, b);
}

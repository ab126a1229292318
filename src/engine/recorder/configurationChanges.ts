/**
 * What changed between two looks at an account, as events: a policy edited in the middle of an incident matters.
 *
 * Compares everything that Spillway keeps about a resource. Not here: alarm edits (CloudWatch's own alarm history tells
 * them, with the exact instant) and the desired capacity of a group (scaling activities tell it).
 */
import type { NewEvent } from '../../core/model/events.ts';
import type { Resource, Shard } from '../../core/model/resources.ts';

/** Fields that live their own life and are told elsewhere. */
const toldElsewhere = new Set(['kind', 'desiredCapacity']);

/**
 * @param before resources as stored; one that was not known before gives no event: it may be old
 * @param atMs   the connection's now: the change happened at some time since the last look
 */
export function configurationChanges(
  before: ReadonlyMap<string, Resource>,
  found: readonly Resource[],
  atMs: number,
): NewEvent[] {
  return found.flatMap((resource) => {
    const known = before.get(resource.id);
    return known === undefined ? [] : changesOf(known, resource, atMs);
  });
}

function changesOf(known: Resource, found: Resource, atMs: number): NewEvent[] {
  const old = known.config as unknown as Record<string, unknown>;
  const now = found.config as unknown as Record<string, unknown>;
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => !toldElsewhere.has(name));
  return names.flatMap((name) => {
    const [was, is] = [JSON.stringify(old[name]) ?? '', JSON.stringify(now[name]) ?? ''];
    if (was === is) return [];
    return [configurationEvent(found, name, readable(old[name]), readable(now[name]), atMs)];
  });
}

/** A resource that is there no more. */
export function removedEvent(resource: Resource, atMs: number): NewEvent {
  return configurationEvent(resource, 'resource', 'exists', 'deleted', atMs);
}

function configurationEvent(resource: Resource, what: string, before: string, after: string, atMs: number): NewEvent {
  return {
    connectionId: resource.connectionId,
    resourceId: resource.id,
    kind: 'configuration',
    atMs,
    endMs: null,
    sourceId: `${resource.id}:${what}:${atMs}`,
    title: `${resource.name}: ${what}`,
    detail: `${before} → ${after}`,
    data: { kind: 'configuration', what, before, after },
  };
}

/** Shards are told by how many are open: their hash ranges would drown the sentence. */
function readable(value: unknown): string {
  if (Array.isArray(value) && value.every((each) => typeof each?.shardId === 'string')) {
    return `${(value as Shard[]).filter((shard) => !shard.closed).length} open shards`;
  }
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

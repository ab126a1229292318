import { describe, expect, it } from 'vitest';
import type { NewEvent } from '../../../src/core/model/events.ts';
import { memoryStore, nothingElse } from './helpers.ts';

const launch: NewEvent = {
  connectionId: 'c1',
  resourceId: 'arn:group',
  kind: 'scaling-activity',
  atMs: 1_000,
  endMs: null,
  sourceId: 'activity-1',
  title: 'Launching a new EC2 instance',
  detail: 'because',
  data: {
    kind: 'scaling-activity',
    groupName: 'orders-workers',
    statusCode: 'InProgress',
    desiredBefore: 2,
    desiredAfter: 4,
    instanceId: null,
    direction: 'launch',
  },
};
const note = (atMs: number, sourceId: string): NewEvent => ({
  connectionId: null,
  resourceId: null,
  kind: 'note',
  atMs,
  endMs: null,
  sourceId,
  title: 'paged',
  detail: '',
  data: { kind: 'note', noteKind: 'action', author: 'me' },
});
const all = { fromMs: 0, toMs: 10_000, limit: 100 };

describe('events', () => {
  it('seen twice are stored once, and get the end and the words of the later look', () => {
    const store = memoryStore();
    store.record('c1', { ...nothingElse, series: [], events: [launch, launch] });
    const finished: NewEvent = {
      ...launch,
      endMs: 61_000,
      detail: 'done',
      data: { ...launch.data, statusCode: 'Successful', instanceId: 'i-1' } as NewEvent['data'],
    };
    store.record('c1', { ...nothingElse, series: [], events: [finished] });
    expect(store.events(all)).toEqual([{ ...finished, id: 1 }]);
    expect(store.stats().events).toBe(1);
  });

  it('with one sourceId under two connections, or of two kinds, are two', () => {
    const store = memoryStore();
    store.addEvent(launch);
    store.addEvent({ ...launch, connectionId: 'c2' });
    store.addEvent({ ...note(5, 'activity-1'), connectionId: 'c1' });
    expect(store.events(all).length).toBe(3);
  });

  it('without a connection are unique, too', () => {
    const store = memoryStore();
    const first = store.addEvent(note(5, 'n1'));
    expect(store.addEvent(note(6, 'n1')).id).toBe(first.id);
    expect(store.events(all)).toEqual([{ ...note(6, 'n1'), id: first.id }]);
  });

  it('are filtered by range (end exclusive), connection, resource and kind, oldest first', () => {
    const store = memoryStore();
    store.addEvent(note(3_000, 'late'));
    store.addEvent(note(500, 'early'));
    store.addEvent(launch);
    store.addEvent({ ...launch, sourceId: 'other', resourceId: 'arn:other', atMs: 2_000 });
    const at = (more: object) => store.events({ ...all, ...more }).map((event) => event.sourceId);
    expect(at({})).toEqual(['early', 'activity-1', 'other', 'late']);
    expect(at({ fromMs: 500, toMs: 3_000 })).toEqual(['early', 'activity-1', 'other']);
    expect(at({ connectionId: 'c1' })).toEqual(['activity-1', 'other']);
    expect(at({ resourceIds: ['arn:group', 'arn:nobody'] })).toEqual(['activity-1']);
    expect(at({ resourceIds: [] })).toEqual([]);
    expect(at({ kinds: ['note'] })).toEqual(['early', 'late']);
    expect(at({ limit: 2 }), 'the newest are kept').toEqual(['other', 'late']);
  });

  it('can be removed, once', () => {
    const store = memoryStore();
    const { id } = store.addEvent(note(5, 'n1'));
    expect(store.removeEvent(id)).toBe(true);
    expect(store.removeEvent(id)).toBe(false);
    expect(store.stats().events).toBe(0);
  });
});

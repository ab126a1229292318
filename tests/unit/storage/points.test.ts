import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/storage/index.ts';
import { day, depthOf, memoryStore, midnight, minutes, nothingElse, nowMs, pairs, poll, tempFile } from './helpers.ts';

const orders = depthOf('orders');

describe('datapoints', () => {
  it('are read back from <= time < to, in time order', () => {
    const store = memoryStore();
    store.record('c1', poll(store.seriesId(orders), minutes(midnight, 5)));
    expect(pairs(store.points(orders, midnight + 60, midnight + 240))).toEqual([
      [midnight + 60, 1],
      [midnight + 120, 2],
      [midnight + 180, 3],
    ]);
  });

  it('of an unknown series are none, and it has no last point', () => {
    const store = memoryStore();
    expect(pairs(store.points(depthOf('nobody'), 0, 2e9))).toEqual([]);
    expect(store.lastPoint(depthOf('nobody'))).toBeUndefined();
  });

  it('that come late or are revised take the place of the older value, in the log and in a sealed day', () => {
    const store = memoryStore();
    const id = store.seriesId(orders);
    store.record('c1', poll(id, minutes(midnight, 4)));
    store.record(
      'c1',
      poll(id, [
        [midnight + 60, 10],
        [midnight + 30, 7],
      ]),
    );
    const expected = [
      [midnight, 0],
      [midnight + 30, 7],
      [midnight + 60, 10],
      [midnight + 120, 2],
      [midnight + 180, 3],
    ];
    expect(pairs(store.points(orders, midnight, midnight + day))).toEqual(expected);
    expect(store.seal(midnight + day)).toBe(true);
    expect(pairs(store.points(orders, midnight, midnight + day))).toEqual(expected);
    store.record('c1', poll(id, [[midnight + 120, 20]]));
    expected[3] = [midnight + 120, 20];
    expect(pairs(store.points(orders, midnight, midnight + day))).toEqual(expected);
    store.seal(midnight + day);
    expect(pairs(store.points(orders, midnight, midnight + day))).toEqual(expected);
    expect(store.stats().points).toBe(5);
  });

  it('in any order, twice in one poll, or not a number: the last of a time counts, NaN is no point and erases none', () => {
    const store = memoryStore();
    const id = store.seriesId(orders);
    const point = (time: number, value: number) => ({ seriesId: id, times: [time], values: [value] });
    store.record('c1', {
      ...nothingElse,
      series: [
        { seriesId: id, times: [midnight + 120, midnight, midnight], values: [2, 0, 1] },
        point(midnight + 120, 3),
        point(midnight, Number.NaN),
      ],
    });
    expect(pairs(store.points(orders, midnight, midnight + day))).toEqual([
      [midnight, 1],
      [midnight + 120, 3],
    ]);
  });

  it('asked for again with the same value are not written again', () => {
    const file = tempFile();
    const store = openStore(file, { nowMs });
    const id = store.seriesId(orders);
    store.record('c1', poll(id, minutes(midnight, 5)));
    store.record('c1', poll(id, minutes(midnight, 5)));
    store.record('c1', poll(id, minutes(midnight, 6)));
    store.close();
    const db = new Database(file, { readonly: true });
    expect(db.prepare('SELECT count(*) FROM tick').pluck().get()).toBe(2);
    db.close();
  });

  it('of one poll over midnight stay whole when the older day is sealed and the file opened again', () => {
    const file = tempFile();
    let store = openStore(file, { nowMs });
    const points = minutes(midnight + day - 180, 6);
    store.record('c1', poll(store.seriesId(orders), points));
    // Revised after the first poll and before the seal: must not come back with the row that reaches over midnight.
    store.record('c1', poll(store.seriesId(orders), [[midnight + day - 60, 99]]));
    store.seal(midnight + day + 3600);
    store.record('c1', poll(store.seriesId(orders), [[midnight + day - 120, 77]]));
    store.seal(midnight + day + 3600);
    store.close();
    store = openStore(file, { nowMs });
    expect(pairs(store.points(orders, midnight, midnight + 2 * day))).toEqual([
      [midnight + day - 180, 0],
      [midnight + day - 120, 77],
      [midnight + day - 60, 99],
      [midnight + day, 3],
      [midnight + day + 60, 4],
      [midnight + day + 120, 5],
    ]);
    expect(store.lastPoint(orders)).toEqual({ time: midnight + day + 120, value: 5 });
    store.close();
  });

  it('of a whole backfilled day go to its chunk at once and not through the log', () => {
    const file = tempFile();
    const store = openStore(file, { nowMs });
    store.record('c1', poll(store.seriesId(orders), minutes(midnight, 3 * 1440)));
    expect(store.lastPoint(orders)).toEqual({ time: midnight + 3 * day - 60, value: 3 * 1440 - 1 });
    expect(store.points(orders, midnight, midnight + 3 * day).times.length).toBe(3 * 1440);
    store.close();
    const db = new Database(file, { readonly: true });
    expect(db.prepare('SELECT count(*) FROM tick').pluck().get()).toBe(0);
    expect(db.prepare('SELECT n FROM chunk').pluck().all()).toEqual([1440, 1440, 1440]);
    expect(db.prepare('SELECT first_day, last_day, points FROM series').get()).toEqual({
      first_day: midnight / day,
      last_day: midnight / day + 2,
      points: 3 * 1440,
    });
    db.close();
  });

  it('can be sealed in slices (EL-06): every answer in between is the same', () => {
    const store = memoryStore();
    const keys = Array.from({ length: 7 }, (_, i) => depthOf(`queue-${i}`));
    for (const key of keys) store.record('c1', poll(store.seriesId(key), minutes(midnight + day - 3600, 100)));
    let calls = 1;
    while (!store.seal(midnight + 2 * day, 3)) {
      calls++;
      store.record('c1', poll(store.seriesId(keys[0]!), [[midnight + day - 60, calls]]));
      for (const key of keys.slice(1)) {
        expect(store.points(key, midnight, midnight + 2 * day).times.length).toBe(100);
      }
    }
    // 7 series x 2 days, and the point that was revised again and again.
    expect(calls).toBeGreaterThan(4);
    expect(pairs(store.points(keys[0]!, midnight + day - 60, midnight + day))).toEqual([[midnight + day - 60, calls]]);
    expect(store.stats().points).toBe(700);
  });

  it('read the same as a plain map after any sequence of polls, seals and restarts', () => {
    const action = fc.oneof(
      fc.record({
        do: fc.constant('poll' as const),
        from: fc.integer({ min: 0, max: 3 * 1440 }),
        count: fc.integer({ min: 1, max: 200 }),
        value: fc.integer({ min: 0, max: 5 }),
      }),
      fc.record({
        do: fc.constant('seal' as const),
        day: fc.integer({ min: 0, max: 4 }),
        most: fc.integer({ min: 1, max: 3 }),
      }),
      fc.record({ do: fc.constant('restart' as const) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 14 }), (actions) => {
        const file = tempFile();
        let store = openStore(file, { nowMs });
        const model = new Map<number, number>();
        for (const step of actions) {
          if (step.do === 'poll') {
            const points = minutes(midnight + step.from * 60, step.count, (i) => step.value + (i % 3));
            store.record('c1', poll(store.seriesId(orders), points));
            for (const [time, value] of points) model.set(time, value);
          } else if (step.do === 'seal') store.seal(midnight + step.day * day, step.most);
          else {
            store.close();
            store = openStore(file, { nowMs });
          }
          const expected = [...model].sort((a, b) => a[0] - b[0]);
          expect(pairs(store.points(orders, midnight, midnight + 5 * day))).toEqual(expected);
          expect(store.lastPoint(orders)).toEqual(
            expected.length === 0 ? undefined : { time: expected.at(-1)![0], value: expected.at(-1)![1] },
          );
        }
        store.close();
      }),
      { numRuns: 40 },
    );
  });
});

describe('series', () => {
  it('have one number whatever the order of their dimensions, and keep it over a restart', () => {
    const file = tempFile();
    const ofShard = { ...orders, dimensions: { StreamName: 'clicks', ShardId: 'shardId-000000000001' } };
    const turned = { ...orders, dimensions: { ShardId: 'shardId-000000000001', StreamName: 'clicks' } };
    let store = openStore(file, { nowMs });
    const id = store.seriesId(ofShard);
    expect(store.seriesId(turned)).toBe(id);
    expect(store.seriesId(orders)).not.toBe(id);
    store.record('c1', poll(id, minutes(midnight, 1)));
    store.close();
    store = openStore(file, { nowMs });
    expect(store.seriesId(turned)).toBe(id);
    store.close();
  });

  it('are found by metric and by the dimensions they hold: every shard of a stream', () => {
    const store = memoryStore();
    const shard = (stream: string, n: number, connectionId = 'c1') => ({
      ...orders,
      connectionId,
      namespace: 'AWS/Kinesis',
      metricName: 'IncomingBytes',
      dimensions: { StreamName: stream, ShardId: `shardId-${n}` },
    });
    for (const key of [shard('clicks', 0), shard('clicks', 1), shard('views', 0), shard('clicks', 0, 'c2')]) {
      store.seriesId(key);
    }
    const found = store.seriesMatching('c1', 'AWS/Kinesis', 'IncomingBytes', { StreamName: 'clicks' });
    expect(found.map((key) => key.dimensions.ShardId)).toEqual(['shardId-0', 'shardId-1']);
    expect(store.seriesMatching('c1', 'AWS/Kinesis', 'OutgoingBytes', {})).toEqual([]);
  });

  it('that were never registered are a bug of the caller', () => {
    const store = memoryStore();
    expect(() => store.record('c1', poll(77, minutes(midnight, 1)))).toThrow(/never registered/);
  });
});

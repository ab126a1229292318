import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { SpillwayError } from '../../../src/core/errors.ts';
import type { Connection, MetricAlarm, Resource } from '../../../src/core/model/resources.ts';
import { storageError } from '../../../src/storage/errors.ts';
import { openStore } from '../../../src/storage/index.ts';
import { migrate } from '../../../src/storage/migrations/index.ts';
import { PointStore } from '../../../src/storage/points.ts';
import { depthOf, memoryStore, midnight, minutes, nothingElse, nowMs, pairs, poll, tempFile } from './helpers.ts';

const connection: Connection = {
  id: 'c1',
  name: 'production',
  kind: 'aws',
  region: 'us-east-1',
  endpoint: null,
  profile: 'ops',
  pollIntervalSeconds: 60,
};
const queue = (name: string, connectionId = 'c1'): Resource => ({
  id: `arn:aws:sqs:us-east-1:000000000000:${name}`,
  connectionId,
  kind: 'sqs-queue',
  name,
  config: {
    kind: 'sqs-queue',
    url: `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`,
    visibilityTimeoutSeconds: 30,
    messageRetentionSeconds: 345_600,
    delaySeconds: 0,
    fifo: false,
    deadLetter: null,
  },
  discoveredAtMs: 1,
});
const alarm = (name: string): MetricAlarm => ({
  name,
  arn: `arn:${name}`,
  connectionId: 'c1',
  metric: {
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: 'orders' },
  },
  statistic: 'Average',
  rule: {
    periodSeconds: 60,
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    threshold: 100,
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'missing',
  },
  actionsEnabled: true,
  alarmActions: [],
  state: 'OK',
  stateUpdatedAtMs: 0,
});

describe('the catalogue', () => {
  it('keeps connections, resources, settings and cursors over a restart', () => {
    const file = tempFile();
    let store = openStore(file, { nowMs });
    store.saveConnection({ ...connection, name: 'old' });
    store.saveConnection(connection);
    store.saveResources([queue('orders'), queue('orders-dlq')]);
    store.setSetting('theme', 'dark');
    store.setSetting('theme', 'light');
    store.record('c1', {
      ...nothingElse,
      series: [],
      cursors: new Map([
        ['metrics:a', 5],
        ['metrics:b', 1.5e12],
      ]),
    });
    store.record('c1', { ...nothingElse, series: [], cursors: new Map([['metrics:a', 6]]) });
    store.close();
    store = openStore(file, { nowMs });
    expect(store.connections()).toEqual([connection]);
    expect(store.resources('c1')).toEqual([queue('orders'), queue('orders-dlq')]);
    expect(store.resource(queue('orders').id)).toEqual(queue('orders'));
    expect(store.resource('arn:nobody')).toBeUndefined();
    expect(store.setting('theme')).toBe('light');
    expect(store.setting('zone')).toBeUndefined();
    expect([store.cursor('c1', 'metrics:a'), store.cursor('c1', 'metrics:b')]).toEqual([6, 1.5e12]);
    expect(store.cursor('c2', 'metrics:a')).toBeUndefined();
    store.close();
  });

  it("keeps a connection's alarms exactly as last seen", () => {
    const store = memoryStore();
    store.saveAlarms('c1', [alarm('high'), alarm('low')]);
    store.saveAlarms('c2', [alarm('other')]);
    store.saveAlarms('c1', [{ ...alarm('low'), state: 'ALARM' }]);
    expect(store.alarms('c1')).toEqual([{ ...alarm('low'), state: 'ALARM' }]);
    expect(store.alarms().length).toBe(2);
  });

  it('lets two connections see the same queue', () => {
    const store = memoryStore();
    store.saveResources([queue('orders', 'c1'), queue('orders', 'c2')]);
    store.removeConnection('c1');
    expect(store.resources()).toEqual([queue('orders', 'c2')]);
  });
});

describe('removing a connection', () => {
  it('removes everything recorded under it, in memory and in the file, and nothing of others', () => {
    const file = tempFile();
    let store = openStore(file, { nowMs });
    const mine = depthOf('orders', 'c1');
    const others = depthOf('orders', 'c2');
    for (const id of ['c1', 'c2']) {
      store.saveConnection({ ...connection, id });
      store.saveResources([queue('orders', id)]);
      store.saveAlarms(id, [alarm('high')]);
      store.record(id, {
        series: [{ seriesId: store.seriesId(depthOf('orders', id)), ...columns(minutes(midnight, 2 * 1440 + 5)) }],
        events: [
          {
            connectionId: id,
            resourceId: null,
            kind: 'recorder',
            atMs: 1,
            endMs: null,
            sourceId: 's',
            title: 't',
            detail: '',
            data: { kind: 'recorder', what: 'gap', fromMs: 0 },
          },
        ],
        cursors: new Map([['metrics', 1]]),
      });
    }
    store.removeConnection('c1');
    const check = () => {
      expect(store.connections().map(({ id }) => id)).toEqual(['c2']);
      expect([store.resources('c1'), store.alarms('c1'), store.cursor('c1', 'metrics')]).toEqual([[], [], undefined]);
      expect(pairs(store.points(mine, 0, 4e9))).toEqual([]);
      expect(store.lastPoint(mine)).toBeUndefined();
      expect(store.seriesMatching('c1', mine.namespace, mine.metricName, {})).toEqual([]);
      expect(store.points(others, 0, 4e9).times.length).toBe(2 * 1440 + 5);
      expect(store.events({ fromMs: 0, toMs: 10, limit: 10 }).map((event) => event.connectionId)).toEqual(['c2']);
      expect(store.stats()).toMatchObject({ series: 1, points: 2 * 1440 + 5, events: 1 });
    };
    check();
    store.close();
    const db = new Database(file, { readonly: true });
    expect(db.prepare('SELECT count(*) FROM chunk').pluck().get()).toBe(2);
    db.close();
    store = openStore(file, { nowMs });
    check();
    store.close();
  });
});

describe('one poll', () => {
  it('is stored together or not at all', () => {
    const store = memoryStore();
    const key = depthOf('orders');
    const id = store.seriesId(key);
    const broken = { ...nothingElse, ...poll(id, minutes(midnight, 3)), cursors: new Map([['metrics', Number.NaN]]) };
    expect(() => store.record('c1', broken)).toThrow();
    expect(pairs(store.points(key, 0, 4e9))).toEqual([]);
    store.record('c1', poll(id, minutes(midnight, 3)));
    expect(store.points(key, 0, 4e9).times.length).toBe(3);
  });

  it('that no longer fits on the disk says so, loses nothing, and goes through once there is room', () => {
    const db = new Database(':memory:');
    migrate(db);
    const points = new PointStore(db);
    const key = depthOf('orders');
    const id = points.seriesId(key);
    const record = (pairs: [number, number][]) => {
      const prepared = points.prepare('c1', [{ seriesId: id, ...columns(pairs) }]);
      db.transaction(() => prepared.write())();
      prepared.apply();
    };
    record(minutes(midnight, 10));
    const big = minutes(midnight, 1440, (i) => Math.sin(i));
    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
    let failure: unknown;
    try {
      record(big);
    } catch (thrown) {
      failure = storageError(thrown, 'recording.sqlite');
    }
    expect(failure).toBeInstanceOf(SpillwayError);
    expect(failure).toMatchObject({ code: 'DISK_FULL', params: { file: 'recording.sqlite' }, retryable: true });
    expect(points.points(key, 0, 4e9).times.length).toBe(10);
    db.pragma('max_page_count = 100000');
    record(big);
    expect(points.points(key, 0, 4e9).times.length).toBe(1440);
    db.close();
  });
});

function columns(points: readonly (readonly [number, number])[]) {
  return { times: points.map(([time]) => time), values: points.map(([, value]) => value) };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Points, SeriesKey } from '../../../src/core/model/series.ts';
import { openStore, type PollRecord, type SeriesId, type Store } from '../../../src/storage/index.ts';

/** Midnight UTC of a day in March 2026, epoch seconds. */
export const midnight = Date.UTC(2026, 2, 2) / 1000;
export const day = 86_400;
export const nowMs = Date.UTC(2026, 2, 2, 12);

export function tempDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-storage-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function tempFile(): string {
  return join(tempDir(), 'recording.sqlite');
}

export function memoryStore(): Store {
  const store = openStore(':memory:', { nowMs });
  onTestFinished(() => store.close());
  return store;
}

export function depthOf(queue: string, connectionId = 'c1'): SeriesKey {
  return {
    connectionId,
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: queue },
    statistic: 'Maximum',
    periodSeconds: 60,
  };
}

export const nothingElse = { events: [], cursors: new Map<string, number>() };

export function poll(seriesId: SeriesId, points: readonly (readonly [time: number, value: number])[]): PollRecord {
  return {
    ...nothingElse,
    series: [{ seriesId, times: points.map(([time]) => time), values: points.map(([, value]) => value) }],
  };
}

export function pairs({ times, values }: Points): [number, number][] {
  return Array.from(times, (time, i) => [time, values[i]!]);
}

/** Every minute from a start; the value is the minute's number unless said otherwise. */
export function minutes(from: number, count: number, value: (i: number) => number = (i) => i): [number, number][] {
  return Array.from({ length: count }, (_, i) => [from + i * 60, value(i)]);
}

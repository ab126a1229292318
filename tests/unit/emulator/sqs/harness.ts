/** A world with an SQS account in it, and a sink that remembers what was put. */
import type { MetricPoint, MetricSink } from '../../../../src/emulator/metricSink.ts';
import { createSqsState, type SqsState } from '../../../../src/emulator/sqs/state.ts';
import { createWorld, type World } from '../../../../src/emulator/world/world.ts';

export const startMs = Date.UTC(2026, 2, 2);

export interface Recorded {
  readonly metricName: string;
  readonly unit: string;
  readonly queueName: string;
  readonly point: MetricPoint;
}

export interface Account {
  readonly world: World;
  readonly sqs: SqsState;
  readonly recorded: Recorded[];
  /** Seconds from the start. */
  at(seconds: number): void;
}

export function account(options: { startMs?: number } = {}): Account {
  const begin = options.startMs ?? startMs;
  const world = createWorld({ startMs: begin, seed: 1 });
  const recorded: Recorded[] = [];
  const sink: MetricSink = {
    metric(ref, unit) {
      const put = (point: MetricPoint): void => {
        recorded.push({ metricName: ref.metricName, unit, queueName: ref.dimensions.QueueName!, point });
      };
      return { put, sample: (atMs, value) => put({ atMs, count: 1, sum: value, minimum: value, maximum: value }) };
    },
  };
  const sqs = createSqsState({ world, accountId: '000000000000', region: 'us-east-1', sink });
  return { world, sqs, recorded, at: (seconds) => world.advanceTo(begin + seconds * 1_000) };
}

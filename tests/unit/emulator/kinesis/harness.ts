/** A Kinesis service on a held clock, called as the wire would call it but without codecs, and what it published. */

import { createKinesisService, type KinesisLimits } from '../../../../src/emulator/kinesis/index.ts';
import type { MetricPoint, MetricSink } from '../../../../src/emulator/metricSink.ts';
import { AwsError, type CallScope } from '../../../../src/emulator/service.ts';
import { createWorld } from '../../../../src/emulator/world/world.ts';

export const startMs = Date.UTC(2026, 2, 2);
export const accountId = '000000000000';

/** One published statistic set, with its name and, for shard metrics, its shard. */
export interface Published extends MetricPoint {
  readonly name: string;
  readonly shardId: string | undefined;
}

export function kinesis(limits?: KinesisLimits) {
  const world = createWorld({ startMs, seed: 1 });
  const published: Published[] = [];
  const sink: MetricSink = {
    metric: (ref) => ({
      put: (point) => {
        published.push({ ...point, name: ref.metricName, shardId: ref.dimensions.ShardId });
      },
      sample: () => {
        throw new Error('Kinesis hands over whole minutes');
      },
    }),
  };
  const service = createKinesisService({ world, accountId, region: 'us-east-1', sink }, limits);
  const scope: CallScope = {
    accountId,
    region: 'us-east-1',
    origin: 'http://127.0.0.1',
    requestId: 'r',
    signed: true,
    printable: false,
    signal: { aborted: false, onAbort: () => {} },
  };

  // Answers are read member by member in tests, so their type is left open to the caller.
  function call<Answer = Record<string, unknown>>(name: string, input: object): Answer {
    const action = service.actions.get(name);
    if (action === undefined) throw new Error(`no action ${name}`);
    return action.run(service.state, input as never, scope) as Answer;
  }

  return {
    world,
    published,
    service,
    state: service.state,
    call,
    advanceSeconds: (seconds: number) => world.advanceTo(world.nowMs() + seconds * 1_000),
    /** An ACTIVE stream. */
    stream(name: string, shardCount: number) {
      return service.state.createStream({ name, mode: 'PROVISIONED', shardCount, active: true });
    },
    /** `Shape: message` of what a call throws; '' when it does not. */
    refusal(name: string, input: object): string {
      try {
        call(name, input);
        return '';
      } catch (thrown) {
        if (thrown instanceof AwsError) return `${thrown.shape}: ${thrown.message}`;
        throw thrown;
      }
    },
    /** Statistic sets of one stream-level metric, oldest first. */
    metric: (name: string) => published.filter((each) => each.name === name && each.shardId === undefined),
    shardMetric: (name: string, shardId: string) =>
      published.filter((each) => each.name === name && each.shardId === shardId),
  };
}

export const bytes = (length: number): Uint8Array => new Uint8Array(length);
export const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (data: Uint8Array): string => new TextDecoder().decode(data);

import { defineAction } from '../../service.ts';
import { required, structure, text, whole } from '../../wire/shapes.ts';
import { faults } from '../faults.ts';
import type { KinesisState } from '../state.ts';
import type { Stream } from '../stream.ts';
import { findActiveStream, type StreamTarget, streamTarget } from './common.ts';

interface Input extends StreamTarget {
  readonly TargetShardCount: number;
  readonly ScalingType: string;
}

const dayMs = 86_400_000;

/** Splits and merges towards an even split, one after another while the stream is UPDATING. KIN-02, MODEL-08. */
export const updateShardCount = defineAction({
  name: 'UpdateShardCount',
  input: structure({
    ...streamTarget,
    TargetShardCount: required(whole({ min: 1 })),
    ScalingType: required(text),
  }),
  output: structure({ StreamName: text, CurrentShardCount: whole(), TargetShardCount: whole(), StreamARN: text }),
  run(state: KinesisState, input: Input) {
    if (input.ScalingType !== 'UNIFORM_SCALING') {
      throw faults.constraint(
        'scalingType',
        input.ScalingType,
        'Member must satisfy enum value set: [UNIFORM_SCALING]',
      );
    }
    const stream = findActiveStream(state, input);
    if (stream.mode === 'ON_DEMAND') throw faults.onDemandOnly('UpdateShardCount', stream.name);
    const current = stream.openShards().length;
    refuseOutsideLimits(state, stream, current, input.TargetShardCount);

    stream.updateShardCountCallsMs.push(state.nowMs());
    stream.scaleUniformly(input.TargetShardCount);
    return {
      StreamName: stream.name,
      CurrentShardCount: current,
      TargetShardCount: input.TargetShardCount,
      StreamARN: stream.arn,
    };
  },
});

function refuseOutsideLimits(state: KinesisState, stream: Stream, current: number, target: number): void {
  const counts = `Current open shard count: ${current} Target shard count: ${target}`;
  const { limits } = state;
  if (target > limits.shardsByUpdateShardCount) {
    throw faults.limit(
      `Target shard count or number of open shards cannot be greater than ${limits.shardsByUpdateShardCount}. ${counts}`,
    );
  }
  if (target > current * 2) {
    throw faults.limit(`UpdateShardCount cannot scale up over double your current open shard count. ${counts}`);
  }
  if (target < current / 2) {
    throw faults.limit(`UpdateShardCount cannot scale down below half your current open shard count. ${counts}`);
  }
  const since = state.nowMs() - dayMs;
  if (stream.updateShardCountCallsMs.filter((atMs) => atMs > since).length >= limits.updateShardCountPerDay) {
    throw faults.limit(
      `UpdateShardCount can be called at most ${limits.updateShardCountPerDay} times per stream in a rolling 24-hour period.`,
    );
  }
  if (target > current) state.refuseTooManyShards(target - current);
}

import {
  countInLast24h,
  refuseUpdateShardCount,
  type UpdateShardCountLimits,
  type UpdateShardCountReason,
} from '../../../core/kinesis/updateShardCount.ts';
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
  const limits = state.limits.updateShardCount;
  const updatesInLast24h = countInLast24h(stream.updateShardCountCallsMs, state.nowMs());
  const [reason] = refuseUpdateShardCount(current, target, updatesInLast24h, limits);
  if (reason !== undefined) throw faults.limit(sentences[reason](limits, current, target));
  if (target > current) state.refuseTooManyShards(target - current);
}

const counts = (current: number, target: number): string =>
  `Current open shard count: ${current} Target shard count: ${target}`;

type Sentence = (limits: UpdateShardCountLimits, current: number, target: number) => string;

const sentences: Readonly<Record<UpdateShardCountReason, Sentence>> = {
  tooManyShards: ({ shardsMax }, current, target) =>
    `Target shard count or number of open shards cannot be greater than ${shardsMax}. ${counts(current, target)}`,
  moreThanDouble: (_, current, target) =>
    `UpdateShardCount cannot scale up over double your current open shard count. ${counts(current, target)}`,
  lessThanHalf: (_, current, target) =>
    `UpdateShardCount cannot scale down below half your current open shard count. ${counts(current, target)}`,
  tooManyUpdates: ({ updatesPer24h }) =>
    `UpdateShardCount can be called at most ${updatesPer24h} times per stream in a rolling 24-hour period.`,
};

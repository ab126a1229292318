/** Adapters of kinesis.*: src/core/kinesis. MB in Kinesis's limits is a mebibyte. */
import { z } from 'zod';
import { iteratorAgeMs } from '../../../src/core/kinesis/iteratorAge.ts';
import { modeSwitchAllowed, onDemandCeiling, onDemandMayThrottle } from '../../../src/core/kinesis/onDemand.ts';
import { MEBIBYTE, shardWriteThrottled } from '../../../src/core/kinesis/shardLimits.ts';
import { shardsNeeded } from '../../../src/core/kinesis/sizing.ts';
import { refuseUpdateShardCount } from '../../../src/core/kinesis/updateShardCount.ts';
import { type Adapters, adapter, anyOf } from '../adapter.ts';

export const kinesisAdapters: Adapters = {
  'kinesis.updateShardCount': adapter(
    z.strictObject({ current: z.number(), target: z.number(), updatesInLast24h: z.number().optional() }),
    ({ current, target, updatesInLast24h = 0 }) => {
      const reasons = refuseUpdateShardCount(current, target, updatesInLast24h);
      return { allowed: reasons.length === 0, reason: anyOf(reasons) };
    },
  ),
  'kinesis.shardsNeeded': adapter(
    z.strictObject({
      writeKiBps: z.number(),
      consumers: z.number().optional(),
      recordsPerSecond: z.number().optional(),
    }),
    ({ writeKiBps, consumers = 0, recordsPerSecond }) => {
      const { exactShards, shards } = shardsNeeded({ writeKiBps, consumers, recordsPerSecond });
      return { exact: exactShards, shards };
    },
  ),
  'kinesis.onDemandCeiling': adapter(z.strictObject({ peakMBps: z.number() }), ({ peakMBps }) => ({
    ...onDemandCeiling(peakMBps),
  })),
  'kinesis.onDemandThrottle': adapter(
    z.strictObject({ previousPeakMBps: z.number(), nowMBps: z.number(), withinMinutes: z.number() }),
    ({ previousPeakMBps, nowMBps, withinMinutes }) => ({
      mayThrottle: onDemandMayThrottle(previousPeakMBps, nowMBps, withinMinutes),
    }),
  ),
  'kinesis.shardWrite': adapter(
    z.strictObject({ MBps: z.number(), recordsPerSecond: z.number() }),
    ({ MBps, recordsPerSecond }) => ({ throttled: shardWriteThrottled(MBps * MEBIBYTE, recordsPerSecond) }),
  ),
  'kinesis.modeSwitch': adapter(z.strictObject({ switchesInLast24h: z.number() }), ({ switchesInLast24h }) => ({
    allowed: modeSwitchAllowed(switchesInLast24h),
  })),
  'kinesis.iteratorAge': adapter(
    z.union([
      z.strictObject({ caughtUp: z.literal(true) }),
      z.strictObject({ caughtUp: z.literal(false).optional(), lastRecordAtMs: z.number(), nowMs: z.number() }),
    ]),
    (input) => ({
      milliseconds: 'nowMs' in input ? iteratorAgeMs(input.lastRecordAtMs, input.nowMs) : iteratorAgeMs(null, 0),
    }),
  ),
};

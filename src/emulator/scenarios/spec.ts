/**
 * What a scenario says, parsed: load, queues, fleet, alarms, policies, streams, all on one clock and one seed.
 *
 * Only types: reading the file is parse.ts, the load curve is load.ts, bringing it to life is apply.ts.
 * Instants are epoch milliseconds, everything else carries its unit in its name.
 */
import type { AlarmRule } from '../../core/alarms/types.ts';
import type { MetricRef, Statistic } from '../../core/model/resources.ts';
import type { StepScalingPolicy } from '../../core/scaling/types.ts';

export interface Scenario {
  readonly name: string;
  readonly description: string;
  readonly seed: number;
  readonly startMs: number;
  /** How long an unattended run plays. A live one goes on with the daily wave after that. */
  readonly durationMs: number;
  /** A service's minute becomes readable this long after the minute ended (MODEL-02). */
  readonly metricDelayMs: number;
  readonly queues: readonly QueueSpec[];
  readonly groups: readonly GroupSpec[];
  readonly alarms: readonly AlarmSpec[];
  readonly streams: readonly StreamSpec[];
}

/** A rate over time: base x daily wave x crowd. See load.ts for the arithmetic. */
export interface LoadSpec {
  readonly basePerMinute: number;
  /** `amplitude` 0.3 swings between 0.7 and 1.3 of the base, highest at `peakHour` (UTC, 0 to 24). */
  readonly daily: { readonly amplitude: number; readonly peakHour: number } | null;
  readonly crowds: readonly CrowdSpec[];
}

/** A flash crowd: rises from `fromMs`, holds `factor` times the load of that hour, and is over at `toMs`. */
export interface CrowdSpec {
  readonly fromMs: number;
  readonly toMs: number;
  readonly riseMs: number;
  readonly fallMs: number;
  readonly factor: number;
}

export interface QueueSpec {
  readonly name: string;
  readonly visibilityTimeoutSeconds: number;
  readonly messageRetentionSeconds: number;
  readonly delaySeconds: number;
  readonly deadLetter: { readonly queue: string; readonly maxReceiveCount: number } | null;
  /** Messages sent to this queue; null: nobody sends. */
  readonly producer: ProducerSpec | null;
}

export interface ProducerSpec {
  readonly load: LoadSpec;
  readonly bodyBytes: number;
  /** Share of messages (0 to 1) that fail every time they are worked on and end in the dead-letter queue. */
  readonly poisonShare: number;
}

export interface SecondsRange {
  readonly from: number;
  readonly to: number;
}

export type ServiceTimeSpec =
  | { readonly distribution: 'constant'; readonly meanSeconds: number }
  | { readonly distribution: 'exponential'; readonly meanSeconds: number }
  /** `variation` is the coefficient of variation: standard deviation / mean. */
  | { readonly distribution: 'lognormal'; readonly meanSeconds: number; readonly variation: number };

/** What every instance of a group does once it is InService. */
export interface WorkSpec {
  readonly queue: string;
  readonly serviceTime: ServiceTimeSpec;
  /** Messages worked on at once by one instance. */
  readonly concurrency: number;
  /** MaxNumberOfMessages of one receive, 1 to 10. */
  readonly batchSize: number;
  /** WaitTimeSeconds of the long poll, 0 to 20. */
  readonly waitSeconds: number;
  /** `finish`: what is in hand is done before the instance goes. `abandon`: it comes back after its visibility timeout. */
  readonly onTermination: 'finish' | 'abandon';
}

export interface GroupSpec {
  readonly name: string;
  readonly instanceType: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  readonly defaultInstanceWarmupSeconds: number | null;
  readonly defaultCooldownSeconds: number;
  /** Launch call to InService (MODEL-07). */
  readonly launchSeconds: SecondsRange;
  /** Terminating to Terminated, at least; work in hand may prolong it. */
  readonly terminateSeconds: SecondsRange;
  /** Change of the desired capacity to the launch or terminate call (MODEL-06). */
  readonly reactionSeconds: SecondsRange;
  readonly metricsCollection: boolean;
  readonly work: WorkSpec | null;
  readonly policies: readonly StepScalingPolicy[];
}

export interface AlarmSpec {
  readonly name: string;
  readonly description: string;
  readonly metric: MetricRef;
  readonly statistic: Statistic;
  readonly rule: AlarmRule;
  /** Policies run in state ALARM, each as group and policy name. */
  readonly policies: readonly { readonly group: string; readonly policy: string }[];
}

// --- Kinesis: played by emulator/kinesis/load.ts -------------------------------------------------------------------

export interface StreamSpec {
  readonly name: string;
  readonly shards: number;
  readonly retentionHours: number;
  /** Enhanced monitoring from the start: IncomingBytes, IteratorAgeMilliseconds, ... or ALL; empty: none. */
  readonly shardLevelMetrics: readonly string[];
  readonly producers: readonly StreamProducerSpec[];
  readonly consumers: readonly StreamConsumerSpec[];
}

export interface StreamProducerSpec {
  readonly name: string;
  readonly load: LoadSpec;
  readonly recordBytes: number;
  /** Records of one PutRecords call at most, 1 to 500. */
  readonly batchSize: number;
  /** Number of ordinary partition keys, spread evenly over the hash range. */
  readonly keys: number;
  /** Share of all records (0 to 1) that carry one and the same key; 0: no hot key. */
  readonly hotKeyShare: number;
  /** Which shard, counted from 0 in the order of hash keys, the hot key falls into at the start. */
  readonly hotShard: number;
}

export interface StreamConsumerSpec {
  readonly name: string;
  /** Pause between two GetRecords of one shard. */
  readonly pollSeconds: number;
  /** Limit of one GetRecords, 1 to 10,000. */
  readonly recordsPerPoll: number;
  /** What the consumer can work off, per shard; null: as fast as it may read. */
  readonly bytesPerSecond: number | null;
  readonly startAt: 'TRIM_HORIZON' | 'LATEST';
}

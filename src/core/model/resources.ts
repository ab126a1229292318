/**
 * What is watched: connections, queues, streams, groups, alarms, policies, in the words AWS uses.
 *
 * Converted once at the border (aws/) from the SDK's shapes; everything behind it uses these.
 */
import type { AlarmRule, AlarmState } from '../alarms/types.ts';
import type { StepScalingPolicy } from '../scaling/types.ts';

/** 'trace': arrivals that were imported from a file; nothing is polled. */
export type ConnectionKind = 'aws' | 'emulator' | 'demo' | 'trace';

export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly kind: ConnectionKind;
  readonly region: string;
  /** null: AWS's own endpoints. */
  readonly endpoint: string | null;
  /** Named profile of the user's AWS files; null for static keys or the default chain. Secrets are never part of this. */
  readonly profile: string | null;
  readonly pollIntervalSeconds: number;
}

export type ResourceKind = 'sqs-queue' | 'kinesis-stream' | 'auto-scaling-group';

/** Its id is the ARN: stable, unique over accounts and Regions. */
export interface Resource {
  readonly id: string;
  readonly connectionId: string;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly config: QueueConfig | StreamConfig | GroupConfig;
  readonly discoveredAtMs: number;
}

export interface QueueConfig {
  readonly kind: 'sqs-queue';
  readonly url: string;
  readonly visibilityTimeoutSeconds: number;
  readonly messageRetentionSeconds: number;
  readonly delaySeconds: number;
  readonly fifo: boolean;
  readonly deadLetter: { readonly targetArn: string; readonly maxReceiveCount: number } | null;
}

export interface Shard {
  readonly shardId: string;
  /** Decimal text: 128-bit numbers. */
  readonly startingHashKey: string;
  readonly endingHashKey: string;
  readonly closed: boolean;
}

export interface StreamConfig {
  readonly kind: 'kinesis-stream';
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  readonly retentionHours: number;
  readonly shardLevelMetrics: readonly string[];
  readonly shards: readonly Shard[];
}

export interface GroupConfig {
  readonly kind: 'auto-scaling-group';
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  readonly defaultInstanceWarmupSeconds: number | null;
  readonly defaultCooldownSeconds: number;
  readonly instanceType: string | null;
  readonly policies: readonly DeployedPolicy[];
}

/** A policy as it is deployed, with the names of the alarms that drive it. */
export interface DeployedPolicy {
  readonly arn: string;
  readonly policy: StepScalingPolicy;
  readonly alarmNames: readonly string[];
}

export interface MetricRef {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface MetricAlarm {
  readonly name: string;
  readonly arn: string;
  readonly connectionId: string;
  readonly metric: MetricRef;
  readonly statistic: Statistic;
  readonly rule: AlarmRule;
  readonly actionsEnabled: boolean;
  readonly alarmActions: readonly string[];
  readonly state: AlarmState;
  readonly stateUpdatedAtMs: number;
}

export type Statistic = 'Average' | 'Sum' | 'Minimum' | 'Maximum' | 'SampleCount';

/**
 * What the engine gets from AWS: one connection, its resources, and pollers that answer with finished shapes.
 *
 * Nothing here keeps a schedule, a cursor or a state: the engine decides when to poll and what to do after a failure.
 * Every method throws only `SpillwayError`, with a code of core/messages/aws.ts (or CANCELLED once the signal was
 * aborted); `retryable` says whether polling again may help, and THROTTLED carries `waitSeconds`.
 */
import type { Credentials } from '../core/contract/shapes.ts';
import type { ErrorValue } from '../core/errors.ts';
import type { NewEvent } from '../core/model/events.ts';
import type { Connection, MetricAlarm, QueueConfig, Resource } from '../core/model/resources.ts';
import type { Points, SeriesKey } from '../core/model/series.ts';
import type { Clock } from '../core/time/clock.ts';

export interface AwsConnectionOptions {
  readonly connection: Connection;
  /** Kept in memory only, never part of an error or a log (SEC-16). */
  readonly credentials: Credentials;
  /** The host's clock: AWS's now, and what the endpoint's Date header is compared with. */
  readonly clock: Clock;
  /** Longest wait for one answer; 10 s when left out. */
  readonly requestTimeoutMs?: number;
  /** Of the SDK, for one call; 2 when left out, because the engine has its own back-off. */
  readonly maxAttempts?: number;
}

export interface ConnectionTest {
  readonly accountId: string;
  readonly arn: string;
  /** Endpoint's clock minus this machine's, whole seconds; 0 for an emulator with a virtual clock. */
  readonly clockSkewSeconds: number;
}

/** A part of the account that could not be read (a missing permission); what is stored of it should be kept. */
export interface DiscoveryProblem {
  readonly area: 'queues' | 'streams' | 'groups' | 'alarms';
  readonly error: ErrorValue;
}

export interface Discovery {
  readonly accountId: string;
  readonly resources: readonly Resource[];
  readonly alarms: readonly MetricAlarm[];
  readonly problems: readonly DiscoveryProblem[];
  /** What is there but cannot be modelled yet: alarms on expressions, policies that are not step scaling. */
  readonly leftOut: readonly { readonly what: 'alarm' | 'policy'; readonly name: string; readonly why: string }[];
}

/** Answer for one series, times rising; `complete` is false when CloudWatch gave only a part or refused this one. */
export interface MetricColumns extends Points {
  readonly key: SeriesKey;
  readonly complete: boolean;
}

/** What GetQueueAttributes said: the queue now, where metrics are a minute or more behind. */
export interface QueueReading {
  readonly resourceId: string;
  readonly atMs: number;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly config: QueueConfig;
}

export interface QueueReadings {
  readonly readings: readonly QueueReading[];
  /** Resource ids of queues that exist no more. */
  readonly gone: readonly string[];
}

export interface ConnectionClock {
  /** The connection's now, epoch milliseconds. */
  readonly nowMs: number;
  /** Virtual seconds per real second: 1 for AWS, 0 while a virtual clock is held. */
  readonly speed: number;
}

/** Since the connection was made; attempts count, because AWS counts (and bills) them. */
export interface CallCounts {
  /** By API name, e.g. `GetMetricData`. */
  readonly calls: Readonly<Record<string, number>>;
  /** Metrics requested by GetMetricData: what it is billed by. */
  readonly metricsRequested: number;
}

export interface AwsConnection {
  readonly connection: Connection;
  /** Who are we, and is the clock right? STS GetCallerIdentity. */
  test(signal: AbortSignal): Promise<ConnectionTest>;
  /** Queues with attributes, streams with shards, groups with step policies, metric alarms. Throws only when nothing can be read. */
  discover(signal: AbortSignal): Promise<Discovery>;
  /**
   * Points with from <= time < to for each series, in the order given. Batched (500 a call) and paged; ask again for
   * the last few minutes, CloudWatch revises them.
   */
  pollMetrics(
    series: readonly SeriesKey[],
    fromSeconds: number,
    toSeconds: number,
    signal: AbortSignal,
  ): Promise<MetricColumns[]>;
  pollQueueAttributes(queues: readonly Resource[], signal: AbortSignal): Promise<QueueReadings>;
  /**
   * Alarm state changes, alarm actions and alarm configuration changes at or after `sinceMs`, oldest first.
   * @param resourceIdOf the resource an alarm is about, for the events' `resourceId`
   */
  pollAlarmHistory(
    sinceMs: number,
    resourceIdOf: (alarmName: string) => string | null,
    signal: AbortSignal,
  ): Promise<NewEvent[]>;
  /**
   * Scaling activities that started at or after `sinceMs`, oldest first; atMs to endMs of a launch is how long it took.
   * An activity still running has endMs null: ask again from its start, the store updates it in place.
   */
  pollActivities(groups: readonly Resource[], sinceMs: number, signal: AbortSignal): Promise<NewEvent[]>;
  /** Host clock for AWS; the control endpoint of Spillway's emulator otherwise (host clock when it has none). */
  clock(signal: AbortSignal): Promise<ConnectionClock>;
  /** Emulator only; NOT_AVAILABLE_HERE otherwise. 0 holds the clock. */
  setSpeed(speed: number, signal: AbortSignal): Promise<ConnectionClock>;
  /** Emulator only; resolves when the emulator has simulated that far. */
  advance(ms: number, signal: AbortSignal): Promise<ConnectionClock>;
  callCounts(): CallCounts;
  /** Closes sockets; calls under way fail as CANCELLED. */
  close(): void;
}

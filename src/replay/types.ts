/**
 * What the replay takes: minute columns of the recording and where things stood when the range begins.
 *
 * What it gives back are the contract's shapes (core/contract/shapes.ts). All columns have one entry per minute, the first
 * minute starts at `startSeconds`; NaN means that the recording has no datapoint there, never zero.
 */
import type { AlarmState } from '../core/alarms/types.ts';
import type {
  Calibration,
  Fidelity,
  ReplayAssumptions,
  ReplayColumns,
  ReplayFault,
  ReplayRun,
  ReplaySetup,
  ReplaySummary,
} from '../core/contract/shapes.ts';
import type { RecordedDelays } from './group.ts';
import type { MessagesOptions } from './plants/perMessage/inLoop.ts';
import type { StationaryQueueOptions } from './plants/stationaryQueue.ts';

export type { Calibration, Fidelity, ReplayAssumptions, ReplayColumns, ReplayRun, ReplaySetup, ReplaySummary };

/** What to put where the recording of arrivals has no datapoint. */
export type HoleTreatment = 'interpolate' | 'zero';

/**
 * How a gauge is sampled within a minute (MODEL-22). 'continuous': often, so that average, minimum and maximum of a minute
 * differ; an alarm sees its own statistic, the columns hold the maximum, as the recorder stores it. 'end': once, at the
 * minute's end; every statistic is that sample.
 */
export type GaugeSampling = 'continuous' | 'end';

/** Minutes before the range, the newest last; what alarms look back on (ALARM-24). Lengths may differ. */
export interface ReplayHistory {
  readonly backlog?: ArrayLike<number>;
  readonly ageSeconds?: ArrayLike<number>;
  readonly arrivals?: ArrayLike<number>;
  readonly inService?: ArrayLike<number>;
}

/** Where things stand at the first instant of the range. */
export interface ReplayStart {
  /** Messages waiting: the gauge at the end of the minute before the range. */
  readonly backlog: number;
  /** Age of the oldest of them; they are taken to have arrived evenly over that time. Default 0: all at the start. */
  readonly oldestAgeSeconds?: number;
  /** Instances in service, all past warm-up. */
  readonly inService: number;
  /** Default: inService. The difference is taken as launches (or terminations) that begin at the start. */
  readonly desired?: number;
  /** By alarm name; INSUFFICIENT_DATA for those not named (ALARM-01). */
  readonly alarmStates?: Readonly<Record<string, AlarmState>>;
  readonly history?: ReplayHistory;
}

export interface ReplayOptions {
  /** Default 'interpolate'. */
  readonly holes?: HoleTreatment;
  /** Default 'continuous'. */
  readonly gauge?: GaugeSampling;
  /** 1 for each minute in which no datapoint of the queue was published (inactive queue); alarms see it as missing. */
  readonly unpublished?: Uint8Array;
  /** Show at least the queue that chance keeps up at a steady load (REP-16). Default: none, the bare flow (MODEL-21). */
  readonly stationaryQueue?: StationaryQueueOptions | null;
  /** Let the n-th launch and termination take what the n-th recorded one took (REP-24). Default: the assumed constants. */
  readonly recordedDelays?: RecordedDelays | null;
  /** False: decisions are made, but not put down, for a quick look. Default true. */
  readonly decisions?: boolean;
  /** Counts that alarms see are off by chance (MODEL-35). Default: exact. */
  readonly countNoise?: { readonly cv: number; readonly seed: number } | null;
  /** Scripted faults (REP-26, REP-27). Default: none. */
  readonly faults?: readonly ReplayFault[];
  /** Follow every message instead of a flow (REP-60). Default: the flow. */
  readonly messages?: MessagesOptions | null;
}

export interface ReplayInput {
  /** Messages sent in each minute; NaN is a hole. */
  readonly arrivals: Float64Array;
  /** Epoch seconds, a whole minute. */
  readonly startSeconds: number;
  readonly initial: ReplayStart;
  readonly setup: ReplaySetup;
  readonly assumptions: ReplayAssumptions;
  readonly options?: ReplayOptions;
}

export interface Hole {
  readonly fromMs: number;
  readonly toMs: number;
  /** 'interpolated' or 'zero'. */
  readonly treatedAs: string;
}

/** One scaling activity of the recorded group. */
export interface RecordedActivity {
  readonly startMs: number;
  /** When it was asked for, some seconds before it starts (ALARM-22); `requestedAtMs` reads it from the cause. */
  readonly requestedAtMs?: number | null;
  /** Null while it runs. */
  readonly endMs: number | null;
  readonly direction: 'launch' | 'terminate' | 'other';
  readonly instanceId: string | null;
  readonly successful: boolean;
}

/** One change of desired capacity, as a policy makes it: several activities may belong to it. */
export interface ScalingAction {
  readonly atMs: number;
  readonly direction: 'out' | 'in';
}

export interface CalibrationInput {
  readonly startSeconds: number;
  /** Messages deleted in each minute; null when the recording does not have the metric. */
  readonly deleted: Float64Array | null;
  /** Visible messages, the gauge of each minute. */
  readonly backlog: Float64Array | null;
  /** Instances in service in each minute. */
  readonly inService: Float64Array | null;
  /** Messages in flight, for the time in hand; null or absent when the recording does not have the metric. */
  readonly notVisible?: Float64Array | null;
  readonly activities: readonly RecordedActivity[];
  /** Messages an instance works on at once, for the service time. Default 1. */
  readonly concurrencyPerInstance?: number;
  /** For the acceptable backlog per instance; without it there is none. */
  readonly ageGoalSeconds?: number;
}

export interface RecordedInput {
  readonly columns: ReplayColumns;
  readonly assumptions: ReplayAssumptions;
  /** The group's maximum, for minutesAtMax; null when unknown (then 0 minutes). */
  readonly maxSize: number | null;
  /** Gives launches, terminations and their durations exactly; without them the columns' changes are counted. */
  readonly activities?: readonly RecordedActivity[];
}

export interface FidelityInput {
  /** The deployed setup, replayed over the same minutes. */
  readonly run: ReplayRun;
  readonly recorded: { readonly columns: ReplayColumns; readonly summary: ReplaySummary };
  /** Default: the changes of the recorded desired capacity. */
  readonly recordedActions?: readonly ScalingAction[];
  /** Epoch ms of changes made by people or schedules: their minutes and those after are left out (MODEL-28). */
  readonly manualChangesMs?: readonly number[];
  /** Epoch ms of launches that failed and instances that were lost, likewise (MODEL-29). */
  readonly failuresMs?: readonly number[];
  /** Epoch ms of the newest change of the deployed setup: minutes before it were another's. */
  readonly setupChangedMs?: number | null;
  /** Holes of the recorded arrivals: their minutes are left out. */
  readonly holes?: readonly Hole[];
}

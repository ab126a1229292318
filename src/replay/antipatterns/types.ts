/**
 * What antipatterns are looked for in, and how a finding reads.
 */
import type { Antipattern, AntipatternChange } from '../../core/messages/antipatterns.ts';

/** One entry per minute in every column; NaN is unknown and shows nothing. */
export interface AntipatternInput {
  /** Epoch seconds of each minute's start. */
  readonly times: Float64Array;
  readonly backlog: Float64Array;
  /** Age of the oldest message. */
  readonly ageSeconds: Float64Array;
  readonly desired: Float64Array;
  readonly inService: Float64Array;
  /** Instances needed, from arrivals and goal (replay/yardsticks). */
  readonly demand: Float64Array;
  /** Mean CPU of the group, percent; without it nothing is said about CPU. */
  readonly cpuPct?: Float64Array;
  readonly minSize: number;
  readonly maxSize: number;
  readonly ageGoalSeconds: number;
  readonly throughputPerInstancePerMinute: number;
  readonly launchDelaySeconds: number;
  /** Longest warm-up of the policies; 0 when unknown. */
  readonly warmupSeconds: number;
  /** How long the slowest scale-in alarm looks back; 0 or absent: unknown. Advice asks for more than that. */
  readonly scaleInMinutes?: number;
  /** What the alarms watch, where known: tells a thrash by backlog per instance from other swings. */
  readonly measures?: readonly string[];
}

/** Minutes in which something shows: [from, to), counted from the first. */
export interface Stretch {
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface Finding {
  readonly antipattern: Antipattern;
  /** Id of the rule that defines it, docs/rules/antipatterns.md. */
  readonly rule: string;
  /** Where it shows, oldest first, never overlapping. */
  readonly stretches: readonly Stretch[];
  /** Sum of their lengths. */
  readonly minutes: number;
  /** What to change; `antipatternText` says it in a language. */
  readonly change: AntipatternChange;
  readonly params: Readonly<Record<string, string | number>>;
}

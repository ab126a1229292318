/**
 * What step policies decided, as rows of numbers: put down in the loop without allocation, told as decisions when somebody reads them.
 *
 * A year can have a quarter of a million decisions, and most are never looked at: a slider being dragged shows none of them. A row
 * and the columns alarms look at have all that a decision is told from, so it is the same whenever that happens (REP-80). Not here:
 * what is decided (core/scaling).
 */
import type { CompiledAlarmRule } from '../core/alarms/codes.ts';
import type { Decision, ReplayAlarm } from '../core/contract/shapes.ts';
import type { CompiledStepPolicy } from '../core/scaling/codes.ts';
import { aggregateNewest, explain } from '../core/scaling/step.ts';
import type { StepScalingPolicy } from '../core/scaling/types.ts';
import type { AlarmWindow } from './observe.ts';

/** A row's numbers, all of them whole; kernel/assembly/rows.ts writes the same. */
const MINUTE = 0;
const DECIDER = 1;
const STEP = 2;
const MIN_SIZE = 3;
const MAX_SIZE = 4;
const DESIRED = 5;
const WARM = 6;
const WARMING = 7;
const TERMINATING = 8;
const DESIRED_AFTER = 9;
export const REPEATS = 10;
const TOGETHER = 11;
/** How many decisions of other scalers were there before. */
const OTHERS = 12;
export const ROW_WIDTH = 13;
/** Rows of one block; a block that is full is left as it is, so nothing is copied. */
const BLOCK_ROWS = 1024;

/** Who decides: a policy and the alarm that invokes it, and where that alarm looks. */
export interface StepDecider {
  readonly policy: StepScalingPolicy;
  readonly compiled: CompiledStepPolicy;
  readonly alarm: ReplayAlarm;
  readonly rule: CompiledAlarmRule;
  readonly window: AlarmWindow;
  /** Newest published minute, counted from the minute of the evaluation. */
  readonly newestMinuteLag: number;
}

/** The group's counts a step is decided on. */
export interface CountsNow {
  readonly desired: number;
  readonly warm: number;
  readonly warming: number;
  readonly terminating: number;
}

export class StepDecisions {
  readonly #deciders: StepDecider[] = [];
  readonly #blocks: Int32Array[] = [];
  #block = new Int32Array(0);
  /** Where the next row goes in the newest block. */
  #at = 0;

  /** @returns the number by which `put` knows it */
  decider(decider: StepDecider): number {
    return this.#deciders.push(decider) - 1;
  }

  /**
   * Put a decision down.
   *
   * @param othersBefore how many decisions of other scalers come before it
   * @returns its place, for `repeat`
   */
  put(
    minute: number,
    decider: number,
    step: number,
    group: CountsNow,
    minSize: number,
    maxSize: number,
    desiredAfter: number,
    together: boolean,
    othersBefore: number,
  ): number {
    if (this.#at === this.#block.length) this.#grow();
    const at = this.#at;
    const row = this.#block;
    row[at + MINUTE] = minute;
    row[at + DECIDER] = decider;
    row[at + STEP] = step;
    row[at + MIN_SIZE] = minSize;
    row[at + MAX_SIZE] = maxSize;
    row[at + DESIRED] = group.desired;
    row[at + WARM] = group.warm;
    row[at + WARMING] = group.warming;
    row[at + TERMINATING] = group.terminating;
    row[at + DESIRED_AFTER] = desiredAfter;
    row[at + TOGETHER] = Number(together);
    row[at + OTHERS] = othersBefore;
    this.#at = at + ROW_WIDTH;
    return (this.#blocks.length - 1) * BLOCK_ROWS * ROW_WIDTH + at;
  }

  #grow(): void {
    this.#block = new Int32Array(BLOCK_ROWS * ROW_WIDTH);
    this.#blocks.push(this.#block);
    this.#at = 0;
  }

  /** The decision at this place was made once more. */
  repeat(place: number): void {
    const size = BLOCK_ROWS * ROW_WIDTH;
    this.#blocks[Math.floor(place / size)]![(place % size) + REPEATS]!++;
  }

  /** All decisions in order of time, those of other scalers among them. */
  tell(startSeconds: number, others: readonly Decision[]): Decision[] {
    const blocks = this.#blocks.map((block) => (block === this.#block ? block.subarray(0, this.#at) : block));
    return tellDecisions(blocks, this.#deciders, startSeconds, others);
  }
}

/** Rows as decisions in order of time, decisions of other scalers among them. */
export function tellDecisions(
  blocks: readonly Int32Array[],
  deciders: readonly StepDecider[],
  startSeconds: number,
  others: readonly Decision[],
): Decision[] {
  const decisions: Decision[] = [];
  let othersTold = 0;
  for (const block of blocks) {
    for (let at = 0; at < block.length; at += ROW_WIDTH) {
      while (othersTold < block[at + OTHERS]!) decisions.push(others[othersTold++]!);
      decisions.push(tellOne(block, at, deciders[block[at + DECIDER]!]!, startSeconds));
    }
  }
  while (othersTold < others.length) decisions.push(others[othersTold++]!);
  return decisions;
}

/** What another policy outvoted is told with the capacity that was set instead. */
function tellOne(row: Int32Array, at: number, decider: StepDecider, startSeconds: number): Decision {
  const { policy, compiled, alarm, rule, window } = decider;
  const minute = row[at + MINUTE]!;
  const step = row[at + STEP]!;
  // A minute that an alarm could look at is never written again, so it still sees what it saw then.
  window.read(minute + decider.newestMinuteLag);
  const { points, from, length } = window;
  const metricValue = aggregateNewest(points, from, length, rule.evaluationPeriods, compiled.aggregation);
  const decided = explain(policy, compiled, step, metricValue, alarm.threshold, {
    minSize: row[at + MIN_SIZE]!,
    maxSize: row[at + MAX_SIZE]!,
    desiredCapacity: row[at + DESIRED]!,
    warmInstances: row[at + WARM]!,
    warmingInstances: row[at + WARMING]!,
    terminatingInstances: row[at + TERMINATING]!,
  });
  const matched = policy.steps[step];
  const bound = (offset: number | null | undefined) => (offset == null ? null : alarm.threshold + offset);
  return {
    atMs: Math.round((startSeconds + (minute * 60 + alarm.phaseSeconds)) * 1000),
    policyName: decided.policyName,
    alarmName: alarm.name,
    metricValue: decided.metricValue,
    threshold: decided.threshold,
    stepLower: bound(matched?.lowerBound),
    stepUpper: bound(matched?.upperBound),
    stepIndex: decided.stepIndex,
    adjustment: matched?.adjustment ?? null,
    baseCapacity: decided.baseCapacity,
    delta: decided.delta,
    creditedInstances: decided.creditedInstances,
    desiredBefore: decided.desiredBefore,
    desiredAfter: row[at + DESIRED_AFTER]!,
    blockedBy: decided.blockedBy,
    repeats: row[at + REPEATS]!,
    datapoints: window.newest(),
    rules: row[at + TOGETHER] === 1 ? withOthers(decided.rules) : (decided.rules as string[]),
  };
}

const listsWithOthers = new Map<readonly string[], string[]>();

/** The same list with MULTI-01; lists of rules are few and shared between decisions. */
function withOthers(rules: readonly string[]): string[] {
  let list = listsWithOthers.get(rules);
  if (list === undefined) {
    list = [...rules, 'MULTI-01'];
    listsWithOthers.set(rules, list);
  }
  return list;
}

/**
 * What step policies decided, as rows of numbers: put down in the loop without allocation, told as decisions when somebody reads them.
 *
 * A year can have a quarter of a million decisions, and most are never looked at: a slider being dragged shows none of them. A row
 * has all that a decision is told from, so it is the same whenever that happens (REP-80). Not here: what is decided (core/scaling).
 */
import type { CompiledAlarmRule } from '../core/alarms/codes.ts';
import type { Decision, ReplayAlarm } from '../core/contract/shapes.ts';
import type { CompiledStepPolicy } from '../core/scaling/codes.ts';
import { aggregateNewest, explain } from '../core/scaling/step.ts';
import type { StepScalingPolicy } from '../core/scaling/types.ts';
import { type AlarmWindow, datapointsTold, pointsTold } from './observe.ts';

const AT_SECONDS = 0;
const DECIDER = 1;
const STEP = 2;
const METRIC = 3;
const MIN_SIZE = 4;
const MAX_SIZE = 5;
const DESIRED = 6;
const WARM = 7;
const WARMING = 8;
const TERMINATING = 9;
const DESIRED_AFTER = 10;
const REPEATS = 11;
const TOGETHER = 12;
/** How many decisions of other scalers were there before. */
const OTHERS = 13;
const POINTS = 14;
const POINT = 15;
const WIDTH = POINT + datapointsTold;
/** Rows of one block; a block that is full is left as it is, so nothing is copied. */
const BLOCK_ROWS = 512;

/** Who decides: a policy and the alarm that invokes it. */
export interface StepDecider {
  readonly policy: StepScalingPolicy;
  readonly compiled: CompiledStepPolicy;
  readonly alarm: ReplayAlarm;
  readonly rule: CompiledAlarmRule;
}

/** The group's counts a step is decided on. */
export interface CountsNow {
  readonly nowSeconds: number;
  readonly desired: number;
  readonly warm: number;
  readonly warming: number;
  readonly terminating: number;
}

export class StepDecisions {
  readonly #deciders: StepDecider[] = [];
  readonly #blocks: Float64Array[] = [];
  #block = new Float64Array(0);
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
    decider: number,
    step: number,
    window: AlarmWindow,
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
    const { compiled, rule } = this.#deciders[decider]!;
    row[at + AT_SECONDS] = group.nowSeconds;
    row[at + DECIDER] = decider;
    row[at + STEP] = step;
    row[at + METRIC] = aggregateNewest(
      window.points,
      window.from,
      window.length,
      rule.evaluationPeriods,
      compiled.aggregation,
    );
    row[at + MIN_SIZE] = minSize;
    row[at + MAX_SIZE] = maxSize;
    row[at + DESIRED] = group.desired;
    row[at + WARM] = group.warm;
    row[at + WARMING] = group.warming;
    row[at + TERMINATING] = group.terminating;
    row[at + DESIRED_AFTER] = desiredAfter;
    row[at + TOGETHER] = Number(together);
    row[at + OTHERS] = othersBefore;
    row[at + POINTS] = window.copyNewest(row, at + POINT);
    this.#at = at + WIDTH;
    return (this.#blocks.length - 1) * BLOCK_ROWS * WIDTH + at;
  }

  #grow(): void {
    this.#block = new Float64Array(BLOCK_ROWS * WIDTH);
    this.#blocks.push(this.#block);
    this.#at = 0;
  }

  /** The decision at this place was made once more. */
  repeat(place: number): void {
    const size = BLOCK_ROWS * WIDTH;
    this.#blocks[Math.floor(place / size)]![(place % size) + REPEATS]!++;
  }

  /** All decisions in order of time, those of other scalers among them. */
  tell(startSeconds: number, others: readonly Decision[]): Decision[] {
    const decisions: Decision[] = [];
    let othersTold = 0;
    for (const block of this.#blocks) {
      const end = block === this.#block ? this.#at : block.length;
      for (let at = 0; at < end; at += WIDTH) {
        while (othersTold < block[at + OTHERS]!) decisions.push(others[othersTold++]!);
        decisions.push(this.#tellOne(block, at, startSeconds));
      }
    }
    while (othersTold < others.length) decisions.push(others[othersTold++]!);
    return decisions;
  }

  /** What another policy outvoted is told with the capacity that was set instead. */
  #tellOne(row: Float64Array, at: number, startSeconds: number): Decision {
    const { policy, compiled, alarm } = this.#deciders[row[at + DECIDER]!]!;
    const step = row[at + STEP]!;
    const decided = explain(policy, compiled, step, row[at + METRIC]!, alarm.threshold, {
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
      atMs: Math.round((startSeconds + row[at + AT_SECONDS]!) * 1000),
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
      datapoints: pointsTold(row, at + POINT, row[at + POINTS]!),
      rules: row[at + TOGETHER] === 1 ? withOthers(decided.rules) : (decided.rules as string[]),
    };
  }
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

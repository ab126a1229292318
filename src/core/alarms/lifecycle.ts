/**
 * The life of an alarm: created, changed, set by hand, judged again and again, and what each does to its state and actions.
 *
 * Pure: every call takes what is known and gives what is known next. The verdict is evaluate.ts; what it adds is everything
 * that keeps a verdict from counting (warm-up, too few samples) and whether actions run. Rules: docs/rules/alarms.md
 * (ALARM-01, ALARM-08, ALARM-16, ALARM-19 to ALARM-21, ALARM-23).
 */
import { effectiveTreatMissingData, evaluateAlarm } from './evaluate.ts';
import { type LowSampleTreatment, percentileJudged } from './percentile.ts';
import type { AlarmEvaluation, AlarmRule, AlarmState } from './types.ts';
import { type AlarmWarmUp, isWarmingUp } from './warmup.ts';

/** What is remembered of an alarm between two evaluations. Times in epoch milliseconds. */
export interface AlarmMemory {
  readonly state: AlarmState;
  readonly stateChangedAtMs: number;
  readonly createdAtMs: number;
  /** Its warm-up is over, and none begins again (ALARM-08). */
  readonly warm: boolean;
}

/** What of an alarm's settings decides whether a verdict counts. */
export interface JudgingSettings {
  readonly rule: AlarmRule;
  /** Of its metric; AWS/DynamoDB has a treatment of its own (ALARM-16). */
  readonly namespace: string;
  /** Fraction, 0 to 1; null when the statistic is no percentile. */
  readonly percentile: number | null;
  readonly lowSampleTreatment: LowSampleTreatment;
  readonly warmUp: AlarmWarmUp | null;
}

export interface JudgedRange {
  readonly nowMs: number;
  /** The evaluation range, oldest to newest, NaN = missing. Points from before the alarm count (ALARM-24). */
  readonly points: ArrayLike<number>;
  /** Samples behind the newest point that is there; only percentiles look at it (MODEL-47). */
  readonly newestSamples: number;
}

export interface Judgement {
  readonly memory: AlarmMemory;
  /** null while something kept the alarm from being judged. */
  readonly evaluation: AlarmEvaluation | null;
  /** Why it was not judged. */
  readonly held: 'warmUp' | 'fewSamples' | null;
  readonly changed: boolean;
  readonly rules: readonly string[];
}

/** A new alarm begins in INSUFFICIENT_DATA (ALARM-01). */
export function createdAlarm(nowMs: number): AlarmMemory {
  return { state: 'INSUFFICIENT_DATA', stateChangedAtMs: nowMs, createdAtMs: nowMs, warm: false };
}

/** Changing an alarm replaces its settings wholesale and keeps its state (ALARM-01). */
export function updatedAlarm(memory: AlarmMemory): AlarmMemory {
  return memory;
}

/** A state set by hand, which lasts until the next evaluation (ALARM-23). */
export function alarmSetByHand(memory: AlarmMemory, state: AlarmState, nowMs: number): AlarmMemory {
  return inState(memory, state, nowMs);
}

/** One evaluation. Throws nothing. */
export function judgeAlarm(settings: JudgingSettings, memory: AlarmMemory, range: JudgedRange): Judgement {
  const { rule, percentile } = settings;
  if (!memory.warm && isWarming(settings, memory, range)) {
    const next = inState(memory, 'INSUFFICIENT_DATA', range.nowMs);
    return judgement(memory, next, null, 'warmUp', ['ALARM-08']);
  }
  const warm: AlarmMemory = { ...memory, warm: true };
  if (percentile !== null && !percentileJudged(percentile, range.newestSamples, settings.lowSampleTreatment)) {
    return judgement(memory, warm, null, 'fewSamples', ['ALARM-19']);
  }
  const treatMissingData = effectiveTreatMissingData(rule.treatMissingData, settings.namespace);
  const evaluation = evaluateAlarm({ ...rule, treatMissingData }, range.points, memory.state);
  const overridden = treatMissingData === rule.treatMissingData ? [] : ['ALARM-16'];
  const next = inState(warm, evaluation.state, range.nowMs);
  return judgement(memory, next, evaluation, null, [...evaluation.rules, ...overridden]);
}

/**
 * Whether an action runs: on a change of state, and one that repeats also while the state lasts (ALARM-20). During the
 * warm-up none does (ALARM-08).
 *
 * @param repeats true for Auto Scaling actions
 */
export function actionRuns(judged: Pick<Judgement, 'changed' | 'held'>, repeats: boolean): boolean {
  return judged.held !== 'warmUp' && (judged.changed || repeats);
}

function isWarming({ warmUp, rule }: JudgingSettings, memory: AlarmMemory, { nowMs, points }: JudgedRange): boolean {
  let real = 0;
  for (let index = 0; index < points.length; index++) if (!Number.isNaN(points[index]!)) real++;
  return isWarmingUp(warmUp, memory.createdAtMs, nowMs, real, rule.evaluationPeriods);
}

function inState(memory: AlarmMemory, state: AlarmState, nowMs: number): AlarmMemory {
  return state === memory.state ? memory : { ...memory, state, stateChangedAtMs: nowMs };
}

function judgement(
  before: AlarmMemory,
  memory: AlarmMemory,
  evaluation: AlarmEvaluation | null,
  held: Judgement['held'],
  rules: readonly string[],
): Judgement {
  return { memory, evaluation, held, changed: memory.state !== before.state, rules };
}

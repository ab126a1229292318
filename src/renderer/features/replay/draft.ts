/**
 * A candidate and its assumptions as they stand in the form (text), and read back as the contract's shapes, with every
 * fault beside its field. Pure.
 *
 * What AWS would refuse is judged by core/scaling and core/alarms, the same code that replays and emulates (UX-33).
 */
import { validateAlarmRule } from '../../../core/alarms/validate.ts';
import type { ReplayAlarm, ReplayAssumptions, ReplaySetup } from '../../../core/contract/shapes.ts';
import { faultText } from '../../../core/messages/faults.ts';
import type { Language } from '../../../core/messages/index.ts';
import { validateStepPolicy } from '../../../core/scaling/validate.ts';
import type { TextKey, Translate } from '../../i18n/index.ts';
import { type Target, targetsOf, withTargets } from './targets.ts';

type Policy = ReplaySetup['policies'][number]['policy'];

export interface StepDraft {
  /** For React only. */
  readonly key: number;
  readonly lower: string;
  readonly upper: string;
  readonly adjustment: string;
}

export interface PolicyDraft {
  readonly name: string;
  readonly enabled: boolean;
  readonly adjustmentType: Policy['adjustmentType'];
  readonly metricAggregationType: Policy['metricAggregationType'];
  readonly minAdjustmentMagnitude: string;
  readonly warmupSeconds: string;
  readonly steps: readonly StepDraft[];
  readonly alarm: {
    readonly name: string;
    readonly measure: ReplayAlarm['measure'];
    readonly statistic: ReplayAlarm['statistic'];
    readonly comparisonOperator: ReplayAlarm['comparisonOperator'];
    readonly treatMissingData: ReplayAlarm['treatMissingData'];
    readonly threshold: string;
    readonly periodSeconds: string;
    readonly evaluationPeriods: string;
    readonly datapointsToAlarm: string;
    readonly phaseSeconds: number;
  };
}

export interface SetupDraft {
  readonly label: string;
  readonly minSize: string;
  readonly maxSize: string;
  readonly defaultWarmupSeconds: string;
  readonly defaultCooldownSeconds: number;
  readonly policies: readonly PolicyDraft[];
  /** What the form does not show goes through it unchanged: schedule, hooks, warm pool, other scalers. */
  readonly base: ReplaySetup;
  /** Of targets.ts, in its order. */
  readonly targets: readonly string[];
}

export type AssumptionsDraft = { readonly [Field in keyof ReplayAssumptions]: string };

/** Path of a field to the sentence that says what is wrong: "policies.0.steps.1.lower". */
export type Faults = ReadonlyMap<string, string>;
export type Read<T> = { readonly value: T; readonly faults: Faults };

let nextKey = 0;

export function stepDraft(lower: number | null, upper: number | null, adjustment: number): StepDraft {
  return { key: nextKey++, lower: numberText(lower), upper: numberText(upper), adjustment: String(adjustment) };
}

export function setupDraft(setup: ReplaySetup): SetupDraft {
  const { group } = setup;
  return {
    label: setup.label,
    minSize: String(group.minSize),
    maxSize: String(group.maxSize),
    defaultWarmupSeconds: numberText(group.defaultInstanceWarmupSeconds),
    defaultCooldownSeconds: group.defaultCooldownSeconds,
    base: setup,
    targets: targetsOf(setup).map(({ value }) => numberText(value)),
    policies: setup.policies.map(({ policy, alarm }) => ({
      name: policy.name,
      enabled: policy.enabled,
      adjustmentType: policy.adjustmentType,
      metricAggregationType: policy.metricAggregationType,
      minAdjustmentMagnitude: numberText(policy.minAdjustmentMagnitude),
      warmupSeconds: numberText(policy.estimatedInstanceWarmupSeconds),
      steps: policy.steps.map((step) => stepDraft(step.lowerBound, step.upperBound, step.adjustment)),
      alarm: {
        name: alarm.name,
        measure: alarm.measure,
        statistic: alarm.statistic,
        comparisonOperator: alarm.comparisonOperator,
        treatMissingData: alarm.treatMissingData,
        threshold: String(alarm.threshold),
        periodSeconds: String(alarm.periodSeconds),
        evaluationPeriods: String(alarm.evaluationPeriods),
        datapointsToAlarm: String(alarm.datapointsToAlarm),
        phaseSeconds: alarm.phaseSeconds,
      },
    })),
  };
}

export function assumptionsDraft(assumptions: ReplayAssumptions): AssumptionsDraft {
  return Object.fromEntries(
    // What was learnt from a recording is not known to a sixth digit.
    Object.entries(assumptions).map(([field, value]) => [field, numberText(Number(value.toPrecision(4)))]),
  ) as AssumptionsDraft;
}

/** "1,500" and "1500" alike; null when empty, NaN when it is no number. */
export function readNumber(text: string): number | null {
  const plain = text.trim().replaceAll(',', '').replace('−', '-');
  if (plain === '') return null;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}

function numberText(value: number | null): string {
  return value === null ? '' : String(Number(value.toPrecision(12)));
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  readonly optional?: boolean;
  readonly multipleOf?: number;
}

class Reader {
  readonly faults = new Map<string, string>();
  private readonly t: Translate;

  constructor(t: Translate) {
    this.t = t;
  }

  refuse(path: string, key: TextKey, params: Record<string, string | number> = {}): void {
    if (!this.faults.has(path)) this.faults.set(path, this.t(key, params));
  }

  number(path: string, text: string, { min, max, whole = false, optional = false, multipleOf }: Bounds): number | null {
    const value = readNumber(text);
    if (value === null) {
      if (!optional) this.refuse(path, 'fault.required');
      return null;
    }
    if (!Number.isFinite(value)) this.refuse(path, 'fault.number');
    else if (whole && !Number.isInteger(value)) this.refuse(path, 'fault.whole');
    else if (value < min || value > max) this.refuse(path, 'fault.between', { min, max });
    else if (multipleOf !== undefined && value % multipleOf !== 0)
      this.refuse(path, 'fault.multiple', { of: multipleOf });
    return value;
  }

  /** A number that must be there; 0 stands in for one that is refused anyway. */
  needed(path: string, text: string, bounds: Bounds): number {
    const value = this.number(path, text, bounds);
    return value === null || !Number.isFinite(value) ? 0 : value;
  }
}

const seconds: Bounds = { min: 0, max: 86_400 };
const targetBounds: Readonly<Record<Target['kind'], Bounds>> = {
  trackingTarget: { min: 0.000_001, max: 1e12 },
  queueLength: { min: 0.000_001, max: 1e9 },
  utilization: { min: 1, max: 1000 },
  concurrency: { min: 2, max: 1000, whole: true, optional: true },
};

export function readSetup(draft: SetupDraft, t: Translate, language: Language): Read<ReplaySetup> {
  const reader = new Reader(t);
  const capacity: Bounds = { min: 0, max: 10_000, whole: true };
  const minSize = reader.needed('minSize', draft.minSize, capacity);
  const maxSize = reader.needed('maxSize', draft.maxSize, capacity);
  if (minSize > maxSize) reader.refuse('maxSize', 'fault.minAboveMax', { min: minSize });
  const label = draft.label.trim();
  if (label === '') reader.refuse('label', 'fault.required');

  const policies = draft.policies.map((policyDraft, i) => {
    const at = `policies.${i}`;
    const policy = readPolicy(policyDraft, at, reader, language);
    const alarm = readAlarm(policyDraft.alarm, `${at}.alarm`, reader, language);
    return { ...draft.base.policies[i], policy, alarm };
  });
  const targets = targetsOf(draft.base).map(({ path, kind }, i) =>
    reader.number(path, draft.targets[i] ?? '', targetBounds[kind]),
  );
  const value: ReplaySetup = {
    ...withTargets(draft.base, targets),
    label: label || '-',
    group: {
      ...draft.base.group,
      minSize,
      maxSize,
      defaultInstanceWarmupSeconds: reader.number('defaultWarmupSeconds', draft.defaultWarmupSeconds, {
        ...seconds,
        whole: true,
        optional: true,
      }),
      defaultCooldownSeconds: draft.defaultCooldownSeconds,
    },
    policies,
  };
  return { value, faults: reader.faults };
}

function readPolicy(draft: PolicyDraft, at: string, reader: Reader, language: Language): Policy {
  const bound: Bounds = { min: -1e12, max: 1e12, optional: true };
  const steps = draft.steps.map((step, i) => ({
    lowerBound: reader.number(`${at}.steps.${i}.lower`, step.lower, bound),
    upperBound: reader.number(`${at}.steps.${i}.upper`, step.upper, bound),
    adjustment: reader.needed(`${at}.steps.${i}.adjustment`, step.adjustment, {
      min: -100_000,
      max: 100_000,
      whole: true,
    }),
  }));
  const policy: Policy = {
    name: draft.name,
    adjustmentType: draft.adjustmentType,
    steps,
    minAdjustmentMagnitude:
      draft.adjustmentType === 'PercentChangeInCapacity'
        ? reader.number(`${at}.minAdjustmentMagnitude`, draft.minAdjustmentMagnitude, {
            min: 1,
            max: 100_000,
            whole: true,
            optional: true,
          })
        : null,
    metricAggregationType: draft.metricAggregationType,
    estimatedInstanceWarmupSeconds: reader.number(`${at}.warmupSeconds`, draft.warmupSeconds, {
      ...seconds,
      whole: true,
      optional: true,
    }),
    enabled: draft.enabled,
  };
  // Faults of single fields come first; how the steps lie beside each other only makes sense once they are numbers.
  if ([...reader.faults.keys()].some((path) => path.startsWith(at))) return policy;
  for (const fault of validateStepPolicy(policy)) {
    const path = `${at}.${fault.field.replace(/\[(\d+)\]/, '.$1')}`;
    const shown = /\.steps\.\d+$/.test(path) ? `${path}.lower` : path;
    if (!reader.faults.has(shown)) reader.faults.set(shown, faultText(language, fault));
  }
  return policy;
}

function readAlarm(draft: PolicyDraft['alarm'], at: string, reader: Reader, language: Language): ReplayAlarm {
  const before = reader.faults.size;
  const count: Bounds = { min: 1, max: 1_440, whole: true };
  const alarm: ReplayAlarm = {
    name: draft.name,
    measure: draft.measure,
    statistic: draft.statistic,
    comparisonOperator: draft.comparisonOperator,
    treatMissingData: draft.treatMissingData,
    threshold: reader.needed(`${at}.threshold`, draft.threshold, { min: -1e12, max: 1e12 }),
    periodSeconds: reader.needed(`${at}.periodSeconds`, draft.periodSeconds, {
      min: 60,
      max: 86_400,
      whole: true,
      multipleOf: 60,
    }),
    evaluationPeriods: reader.needed(`${at}.evaluationPeriods`, draft.evaluationPeriods, count),
    datapointsToAlarm: reader.needed(`${at}.datapointsToAlarm`, draft.datapointsToAlarm, count),
    phaseSeconds: draft.phaseSeconds,
  };
  if (reader.faults.size > before) return alarm;
  for (const fault of validateAlarmRule(alarm)) {
    const path = `${at}.${fault.field}`;
    if (!reader.faults.has(path)) reader.faults.set(path, faultText(language, fault));
  }
  return alarm;
}

export const assumptionBounds: { readonly [Field in keyof ReplayAssumptions]-?: Bounds } = {
  throughputPerInstancePerMinute: { min: 0.000_001, max: 1e9 },
  launchDelaySeconds: seconds,
  terminateDelaySeconds: seconds,
  metricDelaySeconds: { min: 0, max: 3_600 },
  evaluationRangeExtra: { min: 0, max: 10, whole: true },
  ageGoalSeconds: { min: 1, max: 1_209_600 },
  pricePerInstanceHourUsd: { min: 0, max: 1e6 },
  arrivalFactor: { min: 0, max: 1_000 },
};

export const assumptionFields = Object.keys(assumptionBounds) as (keyof ReplayAssumptions)[];

export function readAssumptions(draft: AssumptionsDraft, t: Translate): Read<ReplayAssumptions> {
  const reader = new Reader(t);
  const value = Object.fromEntries(
    assumptionFields.map((field) => [field, reader.needed(field, draft[field], assumptionBounds[field])]),
  ) as ReplayAssumptions;
  return { value, faults: reader.faults };
}

/**
 * A step's bounds in the metric's own values, as the console shows them, beside the offsets the API wants (STEP-02).
 * The edges follow the side of the threshold (STEP-03): from the lower bound up to below the upper one above it, the
 * other way round below.
 *
 * @returns null while a bound or the threshold is no number
 */
export function absoluteStep(
  step: Pick<StepDraft, 'lower' | 'upper'>,
  thresholdText: string,
): { readonly from: number | null; readonly to: number | null; readonly below: boolean } | null {
  const threshold = readNumber(thresholdText);
  const lower = readNumber(step.lower);
  const upper = readNumber(step.upper);
  if (threshold === null || !Number.isFinite(threshold)) return null;
  if ((lower !== null && !Number.isFinite(lower)) || (upper !== null && !Number.isFinite(upper))) return null;
  return {
    from: lower === null ? null : threshold + lower,
    to: upper === null ? null : threshold + upper,
    below: upper !== null && upper <= 0,
  };
}

/** A new step behind the last: it begins where the open end was. */
export function addStep(steps: readonly StepDraft[], rising: boolean): StepDraft[] {
  const last = steps.at(-1);
  const width = last === undefined ? 0 : (readNumber(rising ? last.lower : last.upper) ?? 0);
  const edge = rising ? Math.max(1, width * 2 || 100) : Math.min(-1, width * 2 || -100);
  const amount = last === undefined ? (rising ? 1 : -1) : (readNumber(last.adjustment) ?? 1);
  if (last === undefined) return [rising ? stepDraft(0, null, amount) : stepDraft(null, 0, amount)];
  const closed = rising ? { ...last, upper: String(edge) } : { ...last, lower: String(edge) };
  const added = rising ? stepDraft(edge, null, amount) : stepDraft(null, edge, amount);
  return [...steps.slice(0, -1), closed, added];
}

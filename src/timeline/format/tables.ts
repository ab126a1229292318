/**
 * The report's tables as plain cells, shared by Markdown and HTML: what is compared is decided once.
 */
import type { Decision, ReplayResult, ReplaySetup, ReplaySummary } from '../../core/contract/shapes.ts';
import { comparisonSign, decisionText, type ToldValue } from '../../core/messages/decisions.ts';
import { scalerWords } from '../../core/messages/scalerWords.ts';
import { phraseText } from '../../core/messages/terms.ts';
import { counters } from '../build/figures.ts';
import type { KeyFigure, Timeline } from '../types.ts';
import { fixed, number } from './quantity.ts';
import { tellMilestone } from './sentences.ts';
import type { Voice } from './voice.ts';

export interface Table {
  readonly head: readonly string[];
  /** Columns that hold numbers, aligned right. */
  readonly numeric: ReadonlySet<number>;
  readonly rows: readonly (readonly string[])[];
}

export const table = (
  head: readonly string[],
  numeric: readonly number[],
  rows: readonly (readonly string[])[],
): Table => ({
  head,
  numeric: new Set(numeric),
  rows,
});

export function figuresTable(timeline: Timeline, voice: Voice): Table {
  const { say } = voice;
  const lines = new Map<string, Map<KeyFigure['figure'], KeyFigure>>();
  for (const figure of timeline.keyFigures) {
    const key = `${figure.resourceId}\n${figure.measure}\n${figure.unit}`;
    const line = lines.get(key) ?? new Map<KeyFigure['figure'], KeyFigure>();
    line.set(figure.figure, figure);
    lines.set(key, line);
  }
  const rows = [...lines.values()].map((line) => {
    const any = [...line.values()][0]!;
    const cell = (figure: KeyFigure['figure']): string => {
      const found = line.get(figure);
      if (found === undefined) return '';
      const value = voice.quantity(found.value, found.unit);
      // A counter's peak and mean are of one period, its total is of the range.
      const ofPeriod = counters.has(found.measure) && figure !== 'total' && !found.unit.endsWith('/s');
      return ofPeriod ? say('unit.perPeriod', { value, period: voice.duration(found.periodSeconds) }) : value;
    };
    const peakAtMs = line.get('maximum')?.atMs ?? null;
    return [
      voice.resourceName(any.resourceId),
      say(`measure.${any.measure}`),
      cell('maximum'),
      peakAtMs === null ? '' : voice.instant.full(peakAtMs),
      cell('minimum'),
      cell('mean'),
      cell('total'),
      cell('last'),
      say('figures.coverageValue', { points: number(any.points, 0), periods: number(any.periods, 0) }),
    ];
  });
  return table(
    [
      say('figures.resource'),
      say('figures.measure'),
      say('figures.peak'),
      say('figures.peakAt'),
      say('figures.lowest'),
      say('figures.mean'),
      say('figures.total'),
      say('figures.last'),
      say('figures.coverage'),
    ],
    [2, 4, 5, 6, 7, 8],
    rows,
  );
}

export function milestonesTable(timeline: Timeline, voice: Voice): Table {
  const { say } = voice;
  const firstMs = timeline.milestones[0]?.atMs ?? 0;
  return table(
    [say('timeline.time'), say('milestones.what'), say('milestones.elapsed'), say('timeline.kind')],
    [2],
    timeline.milestones.map((milestone) => [
      voice.instant.full(milestone.atMs),
      tellMilestone(voice, milestone),
      voice.duration((milestone.atMs - firstMs) / 1_000),
      say(milestone.what === 'noted' ? 'milestones.byPerson' : 'milestones.computed'),
    ]),
  );
}

/** Recorded fleet first, then every replayed policy. */
export function comparisonTable(replay: ReplayResult, voice: Voice): Table {
  const { say } = voice;
  const row = (label: string, summary: ReplaySummary): string[] => [
    label,
    number(summary.peakBacklog, 0),
    voice.duration(summary.worstAgeSeconds),
    number(summary.minutesOverAgeGoal, 0),
    fixed(summary.instanceHours, 1),
    fixed(summary.costUsd, 2),
    number(summary.peakInstances, 0),
    number(summary.launches, 0),
    summary.drainedAtMs === null ? say('replay.notDrained') : voice.instant.full(summary.drainedAtMs),
  ];
  return table(
    [
      say('replay.policy'),
      say('replay.peakBacklog'),
      say('replay.worstAge'),
      say('replay.minutesOver'),
      say('replay.instanceHours'),
      say('replay.cost'),
      say('replay.peakInstances'),
      say('replay.launches'),
      say('replay.drained'),
    ],
    [1, 2, 3, 4, 5, 6, 7],
    [row(say('replay.recorded'), replay.recorded.summary), ...replay.runs.map((run) => row(run.label, run.summary))],
  );
}

/** UX-31: in every export. */
export function assumptionsTable(replay: ReplayResult, voice: Voice): Table {
  const { say } = voice;
  const { assumptions } = replay;
  const holes =
    replay.holes.length === 0
      ? say('assumption.holes.none')
      : replay.holes
          .map(({ fromMs, toMs, treatedAs }) =>
            say('assumption.hole', { from: voice.instant.full(fromMs), to: voice.instant.full(toMs), treatedAs }),
          )
          .join('\n');
  return table(
    [say('replay.assumption'), say('replay.value')],
    [],
    [
      ...(replay.plant === undefined ? [] : [[say('assumption.plant'), say(`plant.${replay.plant}`)]]),
      [
        say('assumption.throughput'),
        say('assumption.throughput.value', { value: number(assumptions.throughputPerInstancePerMinute, 2) }),
      ],
      [say('assumption.launchDelay'), voice.duration(assumptions.launchDelaySeconds)],
      [say('assumption.terminateDelay'), voice.duration(assumptions.terminateDelaySeconds)],
      [say('assumption.metricDelay'), voice.duration(assumptions.metricDelaySeconds)],
      [say('assumption.rangeExtra'), number(assumptions.evaluationRangeExtra, 0)],
      [say('assumption.ageGoal'), voice.duration(assumptions.ageGoalSeconds)],
      [
        say('assumption.price'),
        say('assumption.price.value', { value: number(assumptions.pricePerInstanceHourUsd, 4) }),
      ],
      [say('assumption.arrivalFactor'), number(assumptions.arrivalFactor, 3)],
      [say('assumption.feedback'), say('assumption.feedback.value')],
      [say('assumption.holes'), holes],
      ...(replay.cautions ?? []).map((caution) => [say('assumption.caution'), phraseText(voice.language, caution)]),
    ],
  );
}

/** What each replayed policy is: group, alarm and steps, one row per policy. */
export function setupsTable(replay: ReplayResult, voice: Voice): Table {
  const { say } = voice;
  return table(
    [say('replay.policy'), say('setup.group'), say('setup.alarm'), say('setup.steps')],
    [],
    replay.runs.flatMap((run) => [
      ...scalerWords(voice.language, run.setup).map(({ name, condition, does }) => [
        `${run.label}\n${name}`,
        describeGroup(run.setup, voice),
        condition,
        does,
      ]),
      ...run.setup.policies.map(({ policy, alarm }) => [
        `${run.label}\n${policy.name}`,
        describeGroup(run.setup, voice),
        [
          alarm.name,
          say('setup.alarm.value', {
            measure: say(`replayMeasure.${alarm.measure}`),
            statistic: alarm.statistic,
            operator: comparisonSign(alarm.comparisonOperator),
            threshold: number(alarm.threshold, 3),
            m: alarm.datapointsToAlarm,
            n: alarm.evaluationPeriods,
            period: voice.duration(alarm.periodSeconds),
            missing: alarm.treatMissingData,
          }),
        ].join('\n'),
        [
          say('setup.adjustment', {
            type: policy.adjustmentType,
            warmup:
              policy.estimatedInstanceWarmupSeconds === null
                ? say('setup.warmup.ofGroup')
                : voice.duration(policy.estimatedInstanceWarmupSeconds),
          }),
          ...policy.steps.map((step) =>
            say('setup.step', {
              lower: step.lowerBound === null ? '-∞' : number(alarm.threshold + step.lowerBound, 3),
              upper: step.upperBound === null ? '∞' : number(alarm.threshold + step.upperBound, 3),
              adjustment: signed(step.adjustment, policy.adjustmentType),
            }),
          ),
        ].join('\n'),
      ]),
    ]),
  );
}

function describeGroup(setup: ReplaySetup, voice: Voice): string {
  const { group } = setup;
  return voice.say('setup.group.value', {
    min: number(group.minSize, 0),
    max: number(group.maxSize, 0),
    warmup:
      group.defaultInstanceWarmupSeconds === null
        ? voice.say('setup.warmup.none', { cooldown: voice.duration(group.defaultCooldownSeconds) })
        : voice.duration(group.defaultInstanceWarmupSeconds),
  });
}

function signed(adjustment: number, type: string): string {
  if (type === 'ExactCapacity') return `= ${number(adjustment, 0)}`;
  const sign = adjustment > 0 ? '+' : '';
  return `${sign}${number(adjustment, 0)}${type === 'PercentChangeInCapacity' ? ' %' : ''}`;
}

/** Decisions shown in a report; the JSON form has all of them. */
export const decisionsShown = 200;

export function decisionsTable(decisions: readonly Decision[], setup: ReplaySetup, voice: Voice): Table {
  const { say } = voice;
  const value: ToldValue = (of, measure) => (measure === 'age' ? voice.duration(of) : number(of, 2));
  return table(
    [
      say('timeline.time'),
      say('replay.policy'),
      say('decisions.change'),
      say('decisions.words'),
      say('decisions.rules'),
    ],
    [],
    decisions
      .slice(0, decisionsShown)
      .map((decision) => [
        voice.instant.full(decision.atMs),
        `${decision.policyName}\n${decision.alarmName}`,
        `${number(decision.desiredBefore, 0)} → ${number(decision.desiredAfter, 0)}`,
        decisionText(voice.language, decision, setup, value),
        decision.rules.join(say('list.separator')),
      ]),
  );
}

/** The head of the report: name and value. */
export function aboutRows(timeline: Timeline, voice: Voice): readonly (readonly [string, string])[] {
  const { say } = voice;
  const { range } = timeline;
  return [
    [
      say('report.range'),
      say('report.duration', {
        from: voice.instant.full(range.fromMs),
        to: voice.instant.full(range.toMs),
        duration: voice.duration((range.toMs - range.fromMs) / 1_000),
      }),
    ],
    [say('report.zone'), timeline.timeZone],
    [
      say('report.resources'),
      timeline.resources
        .map((resource) =>
          say('report.resource', {
            name: resource.name,
            kind: say(`kind.${resource.kind}`),
            region: resource.region,
            connection: resource.connectionName,
          }),
        )
        .join('\n'),
    ],
    [say('report.madeWith'), say('report.madeWithValue', { version: timeline.spillwayVersion })],
  ];
}

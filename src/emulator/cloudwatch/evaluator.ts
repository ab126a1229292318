/**
 * The life of alarms: evaluated every minute, changed, acted upon, written into the history.
 *
 * Shell around core/alarms: fetches the evaluation range, asks `judgeAlarm`, keeps the state. Rules: ALARM-01,
 * ALARM-07, ALARM-20, ALARM-21, ALARM-23; MODEL-02 and MODEL-03 for what AWS does not publish.
 */
import { slidingWindow } from '../../core/alarms/cadence.ts';
import { evaluationRangeLength } from '../../core/alarms/evaluate.ts';
import { actionRuns, createdAlarm, judgeAlarm } from '../../core/alarms/lifecycle.ts';
import type { AlarmEvaluation, AlarmState } from '../../core/alarms/types.ts';
import type { ActionOutcome, AlarmNotice } from './actionTargets.ts';
import { type Alarm, type AlarmConfig, alarmToWire } from './alarm.ts';
import { minuteMs } from './metricStore.ts';
import { statisticOf } from './minuteSeries.ts';
import { type JudgedPoint, longTime, recentDatapointsOf, stateReason, stateReasonData } from './reason.ts';
import type { CloudWatchState } from './state.ts';

/** Creates an alarm in INSUFFICIENT_DATA, or replaces the configuration of an existing one, which keeps its state. */
export function putAlarm(state: CloudWatchState, config: AlarmConfig): void {
  const nowMs = state.world.nowMs();
  const known = state.alarms.get(config.name);
  if (known !== undefined) {
    const before = alarmToWire(known);
    known.config = config;
    known.configuredAtMs = nowMs;
    state.history.add(config.name, 'ConfigurationUpdate', `Alarm "${config.name}" updated`, {
      version: '1.0',
      type: 'Update',
      originalAlarm: before,
      updatedAlarm: alarmToWire(known),
    });
    return;
  }
  const alarm: Alarm = {
    config,
    arn: state.alarmArn(config.name),
    configuredAtMs: nowMs,
    state: createdAlarm(nowMs).state,
    stateReason: 'Unchecked: Initial alarm creation',
    stateReasonData: null,
    stateUpdatedAtMs: nowMs,
    stateChangedAtMs: nowMs,
    lastFailures: '',
    stop: () => {},
  };
  state.alarms.set(config.name, alarm);
  state.history.add(config.name, 'ConfigurationUpdate', `Alarm "${config.name}" created`, {
    version: '1.0',
    type: 'Create',
    createdAlarm: alarmToWire(alarm),
  });
  alarm.stop = state.world.every(firstEvaluationMs(state, config.name), minuteMs, () => evaluate(state, alarm));
}

export function deleteAlarm(state: CloudWatchState, alarm: Alarm): void {
  alarm.stop();
  state.alarms.delete(alarm.config.name);
  state.history.add(alarm.config.name, 'ConfigurationUpdate', `Alarm "${alarm.config.name}" deleted`, {
    version: '1.0',
    type: 'Delete',
    deletedAlarm: alarmToWire(alarm),
  });
}

/** A person sets the state: actions run once, and the next evaluation decides anew (ALARM-23). */
export function setAlarmState(
  state: CloudWatchState,
  alarm: Alarm,
  to: AlarmState,
  reason: string,
  reasonData: string | undefined,
): void {
  const previous = alarm.state;
  changeState(state, alarm, to, reason, reasonData ?? null);
  if (to !== previous) act(state, alarm, previous, recentDatapointsOf(reasonData));
}

// MODEL-03: the second of the minute is the alarm's own and stays.
function firstEvaluationMs(state: CloudWatchState, name: string): number {
  const phaseMs = Math.floor(state.world.random.stream(`alarm-phase/${name}`).next() * 60) * 1_000;
  const nowMs = state.world.nowMs();
  const thisMinute = Math.floor(nowMs / minuteMs) * minuteMs + phaseMs;
  return thisMinute > nowMs ? thisMinute : thisMinute + minuteMs;
}

function evaluate(state: CloudWatchState, alarm: Alarm): void {
  const range = fetchRange(state, alarm.config);
  const previous = alarm.state;
  const { evaluation } = judgeAlarm(
    {
      rule: alarm.config.rule,
      namespace: alarm.config.metric.namespace,
      percentile: null,
      lowSampleTreatment: 'evaluate',
      warmUp: null,
    },
    { state: previous, stateChangedAtMs: alarm.stateChangedAtMs, createdAtMs: alarm.configuredAtMs, warm: true },
    { nowMs: state.world.nowMs(), points: range.values, newestSamples: range.points.at(-1)?.sampleCount ?? 0 },
  );
  // Nothing here keeps an alarm from being judged: it takes neither warm-ups nor percentiles.
  if (evaluation === null) return;
  if (evaluation.state !== previous) {
    const judged = judgedPoints(range.points, evaluation);
    const reason = stateReason(alarm.config, evaluation, judged);
    const reasonData = stateReasonData(alarm.config, judged, state.world.nowMs());
    changeState(state, alarm, evaluation.state, reason, reasonData);
  }
  act(state, alarm, previous, evaluation.judged);
}

/**
 * The evaluation range, oldest to newest. It ends with the newest readable minute and slides with every evaluation, so a
 * period of five minutes covers the last five readable ones wherever the clock stands (ALARM-07).
 */
function fetchRange(state: CloudWatchState, config: AlarmConfig): { values: Float64Array; points: JudgedPoint[] } {
  const { rule } = config;
  const length = evaluationRangeLength(rule);
  const values = new Float64Array(length).fill(Number.NaN);
  const points: JudgedPoint[] = [];
  const series = state.store.find(config.metric);
  if (series === undefined || (config.unit !== null && config.unit !== series.unit)) return { values, points };
  const nowMs = state.world.nowMs();
  const endMinute = Math.min(state.store.readableEndMinute(series, nowMs), Math.floor(nowMs / minuteMs));
  for (let position = 0; position < length; position++) {
    const { fromSeconds, toSeconds } = slidingWindow(endMinute * 60, rule.periodSeconds, length - 1 - position);
    const set = series.collect(fromSeconds / 60, toSeconds / 60);
    if (set === null) continue;
    const value = statisticOf(set, config.statistic);
    values[position] = value;
    points.push({ timeMs: fromSeconds * 1000, value, sampleCount: set.count });
  }
  return { values, points };
}

/** The judged points are always the newest real ones of the range (ALARM-10), so counting back finds their times. */
function judgedPoints(real: readonly JudgedPoint[], evaluation: AlarmEvaluation): readonly JudgedPoint[] {
  return real.slice(real.length - evaluation.judged.length);
}

function changeState(
  state: CloudWatchState,
  alarm: Alarm,
  to: AlarmState,
  reason: string,
  reasonData: string | null,
): void {
  const nowMs = state.world.nowMs();
  const from = alarm.state;
  const before = stateForHistory(alarm);
  alarm.state = to;
  alarm.stateReason = reason;
  alarm.stateReasonData = reasonData;
  alarm.stateUpdatedAtMs = nowMs;
  if (from === to) return;
  alarm.stateChangedAtMs = nowMs;
  alarm.lastFailures = '';
  state.history.add(alarm.config.name, 'StateUpdate', `Alarm updated from ${from} to ${to}`, {
    version: '1.0',
    oldState: before,
    newState: stateForHistory(alarm),
  });
}

function stateForHistory(alarm: Alarm): object {
  return {
    stateValue: alarm.state,
    stateReason: alarm.stateReason,
    ...(alarm.stateReasonData === null ? {} : { stateReasonData: parsedOrText(alarm.stateReasonData) }),
  };
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Runs the actions of the current state: all of them on a change, only the repeating ones otherwise (ALARM-20). */
function act(
  state: CloudWatchState,
  alarm: Alarm,
  previousState: AlarmState,
  recentPoints: readonly number[] | null,
): void {
  if (!alarm.config.actionsEnabled) return;
  const arns = alarm.config.actions[alarm.state];
  if (arns.length === 0) return;
  const changed = previousState !== alarm.state;
  const notice: AlarmNotice = {
    alarmName: alarm.config.name,
    alarmArn: alarm.arn,
    state: alarm.state,
    previousState,
    threshold: alarm.config.rule.threshold,
    comparisonOperator: alarm.config.rule.comparisonOperator,
    recentPoints,
  };
  const outcomes: ActionOutcome[] = [];
  for (const target of state.actionTargets) {
    const owned = arns.filter((arn) => target.owns(arn));
    if (owned.length > 0 && actionRuns({ changed, held: null }, target.repeats))
      outcomes.push(...target.run(owned, notice));
  }
  if (changed) {
    for (const arn of arns) {
      if (state.actionTargets.some((target) => target.owns(arn))) continue;
      outcomes.push({ arn, failure: 'no service of this emulator takes this action' });
    }
  }
  recordActions(state, alarm, changed, outcomes);
}

/**
 * A change is always recorded. A repeat is recorded only when it ends otherwise than the one before it: an alarm that
 * stays in ALARM all night would else write an item per minute.
 */
function recordActions(
  state: CloudWatchState,
  alarm: Alarm,
  changed: boolean,
  outcomes: readonly ActionOutcome[],
): void {
  const failures = outcomes.map((outcome) => `${outcome.arn} ${outcome.failure !== null}`).join('\n');
  if (!changed && failures === alarm.lastFailures) return;
  alarm.lastFailures = failures;
  for (const { arn, failure } of outcomes) {
    const worked = failure === null;
    state.history.add(
      alarm.config.name,
      'Action',
      worked ? `Successfully executed action ${arn}` : `Failed to execute action ${arn}. Received error: "${failure}"`,
      {
        actionState: worked ? 'Succeeded' : 'Failed',
        notificationResource: arn,
        stateUpdateTimestamp: alarm.stateUpdatedAtMs,
        publishedMessage: null,
        error: failure,
        triggeredAt: longTime(state.world.nowMs()),
      },
    );
  }
}

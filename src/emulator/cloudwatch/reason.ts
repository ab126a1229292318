/**
 * Why an alarm is in its state, in the sentences and the JSON that CloudWatch gives.
 */
import type { AlarmEvaluation, ComparisonOperator } from '../../core/alarms/types.ts';
import type { AlarmConfig } from './alarm.ts';

export interface JudgedPoint {
  /** Start of its period. */
  readonly timeMs: number;
  readonly value: number;
  readonly sampleCount: number;
}

const operatorWords: Readonly<Record<ComparisonOperator, string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

/** StateReason. `judged` are the points of the evaluation, oldest first. */
export function stateReason(config: AlarmConfig, evaluation: AlarmEvaluation, judged: readonly JudgedPoint[]): string {
  const { rule } = config;
  if (evaluation.state === 'INSUFFICIENT_DATA') {
    return `Insufficient Data: ${datapoints(rule.evaluationPeriods)} ${wasWere(rule.evaluationPeriods)} unknown.`;
  }
  if (judged.length === 0) {
    const treated = rule.treatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching';
    const missing = rule.evaluationPeriods;
    return `Threshold Crossed: no datapoints were received for ${missing} ${missing === 1 ? 'period' : 'periods'} and ${missing} missing ${missing === 1 ? 'datapoint was' : 'datapoints were'} treated as [${treated}].`;
  }
  const inAlarm = evaluation.state === 'ALARM';
  const list = judged.map((point) => `${decimal(point.value)} (${shortTime(point.timeMs)})`).join(', ');
  const count = inAlarm ? evaluation.breachingCount : judged.length - evaluation.breachingCount;
  const needed = inAlarm ? rule.datapointsToAlarm : rule.evaluationPeriods - rule.datapointsToAlarm + 1;
  const change = inAlarm ? 'OK -> ALARM' : 'ALARM -> OK';
  return (
    `Threshold Crossed: ${count} out of the last ${datapoints(judged.length)} [${list}] ${wasWere(count)}` +
    `${inAlarm ? '' : ' not'} ${operatorWords[rule.comparisonOperator]} the threshold (${decimal(rule.threshold)})` +
    ` (minimum ${datapoints(needed)} for ${change} transition).`
  );
}

/** StateReasonData: what a program reads, among it the points a scaling policy is run with. */
export function stateReasonData(config: AlarmConfig, judged: readonly JudgedPoint[], nowMs: number): string {
  return JSON.stringify({
    version: '1.0',
    queryDate: longTime(nowMs),
    ...(judged[0] === undefined ? {} : { startDate: longTime(judged[0].timeMs) }),
    statistic: config.statistic,
    period: config.rule.periodSeconds,
    recentDatapoints: judged.map((point) => point.value),
    threshold: config.rule.threshold,
    evaluatedDatapoints: judged
      .map((point) => ({ timestamp: longTime(point.timeMs), sampleCount: point.sampleCount, value: point.value }))
      .reverse(),
  });
}

/** `recentDatapoints` of somebody's StateReasonData; null when there are none to run a scaling policy with. */
export function recentDatapointsOf(reasonData: string | undefined): number[] | null {
  if (reasonData === undefined) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(reasonData);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || !('recentDatapoints' in parsed)) return null;
  const points = parsed.recentDatapoints;
  if (!Array.isArray(points)) return null;
  const numbers = points.filter((point): point is number => typeof point === 'number' && Number.isFinite(point));
  return numbers.length > 0 ? numbers : null;
}

const datapoints = (count: number): string => `${count} ${count === 1 ? 'datapoint' : 'datapoints'}`;
const wasWere = (count: number): string => (count === 1 ? 'was' : 'were');
// CloudWatch writes doubles the way Java does: whole numbers keep one decimal.
const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** 2026-03-02T07:05:13.000+0000 */
export const longTime = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');

/** 02/03/26 07:05:00 */
function shortTime(ms: number): string {
  const [date = '', time = ''] = new Date(ms).toISOString().split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}

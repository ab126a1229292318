/**
 * PutMetricData: a user's own points, as single values, values with counts, or statistic sets. Readable at once.
 *
 * Points keep one-minute resolution here whatever StorageResolution says.
 */
import { defineAction } from '../../service.ts';
import { decimal, list, required, structure, text, timestamp, whole } from '../../wire/shapes.ts';
import { invalidParameterCombination, invalidParameterValue, missingParameter } from '../errors.ts';
import type { StatisticSet } from '../minuteSeries.ts';
import type { CloudWatchState } from '../state.ts';
import { checkUnit, dimensionsFromWire, dimensionsShape, type WireDimension } from '../wireShapes.ts';

interface Datum {
  readonly MetricName?: string;
  readonly Dimensions?: readonly WireDimension[];
  readonly Timestamp?: number;
  readonly Value?: number;
  readonly Values?: readonly number[];
  readonly Counts?: readonly number[];
  readonly StatisticValues?: {
    readonly SampleCount: number;
    readonly Sum: number;
    readonly Minimum: number;
    readonly Maximum: number;
  };
  readonly Unit?: string;
  readonly StorageResolution?: number;
}

interface Input {
  readonly Namespace: string;
  readonly MetricData?: readonly Datum[];
}

const largestValue = 2 ** 360;
const oldestMs = 14 * 24 * 3_600_000;
const newestMs = 2 * 3_600_000;

export const putMetricData = defineAction<CloudWatchState, Input, Record<string, never>>({
  name: 'PutMetricData',
  input: structure({
    Namespace: required(text),
    MetricData: list(
      structure({
        MetricName: required(text),
        Dimensions: dimensionsShape,
        Timestamp: timestamp,
        Value: decimal,
        Values: list(decimal),
        Counts: list(decimal),
        StatisticValues: structure({
          SampleCount: required(decimal),
          Sum: required(decimal),
          Minimum: required(decimal),
          Maximum: required(decimal),
        }),
        Unit: text,
        StorageResolution: whole(),
      }),
    ),
  }),
  output: null,
  run(state, { Namespace, MetricData }) {
    checkNamespace(Namespace);
    if (MetricData === undefined || MetricData.length === 0) {
      throw missingParameter('The parameter MetricData is required.');
    }
    if (MetricData.length > 1_000) {
      throw invalidParameterValue('The collection MetricData must not have a size greater than 1000.');
    }
    const nowMs = state.world.nowMs();
    // Everything is checked before anything is stored: a refused call leaves nothing behind.
    const checked = MetricData.map((datum, index) => checkDatum(datum, `MetricData.member.${index + 1}`, nowMs));
    for (const { name, dimensions, unit, atMs, set } of checked) {
      state.store.putUserData({ namespace: Namespace, metricName: name, dimensions }, unit, atMs, set);
    }
    return {};
  },
});

function checkNamespace(namespace: string): void {
  if (namespace === '' || namespace.length > 255 || !/^[^:][0-9A-Za-z.\-_/#: ]*$/.test(namespace)) {
    throw invalidParameterValue(`The value ${namespace} for parameter Namespace is invalid.`);
  }
  if (namespace.startsWith('AWS/')) {
    throw invalidParameterValue(
      'The value AWS/ for parameter Namespace is invalid. Namespaces that begin with AWS/ belong to AWS services.',
    );
  }
}

function checkDatum(datum: Datum, path: string, nowMs: number) {
  const name = datum.MetricName ?? '';
  if (name === '' || name.length > 255) {
    throw missingParameter(`The parameter ${path}.MetricName is required.`);
  }
  const atMs = datum.Timestamp ?? nowMs;
  if (!(atMs >= nowMs - oldestMs && atMs <= nowMs + newestMs)) {
    throw invalidParameterValue(
      `The parameter ${path}.Timestamp must specify a time within the past two weeks and no later than two hours in the future.`,
    );
  }
  checkUnit(datum.Unit, `${path}.Unit`);
  if (datum.StorageResolution !== undefined && datum.StorageResolution !== 1 && datum.StorageResolution !== 60) {
    throw invalidParameterValue(`The parameter ${path}.StorageResolution must be 1 or 60.`);
  }
  const set = statisticSetOf(datum, path);
  return { name, dimensions: dimensionsFromWire(datum.Dimensions), unit: datum.Unit ?? 'None', atMs, set };
}

function statisticSetOf(datum: Datum, path: string): StatisticSet {
  const given = [datum.Value, datum.Values, datum.StatisticValues].filter((member) => member !== undefined).length;
  if (given === 0) {
    throw missingParameter(
      `At least one of the parameters ${path}.Value, ${path}.Values or ${path}.StatisticValues must be specified.`,
    );
  }
  if (given > 1) {
    throw invalidParameterCombination(
      `The parameters ${path}.Value, ${path}.Values and ${path}.StatisticValues are mutually exclusive and you have specified more than one.`,
    );
  }
  if (datum.Value !== undefined) {
    checkNumber(datum.Value, `${path}.Value`);
    return { count: 1, sum: datum.Value, minimum: datum.Value, maximum: datum.Value };
  }
  if (datum.StatisticValues !== undefined) {
    const { SampleCount: count, Sum: sum, Minimum: minimum, Maximum: maximum } = datum.StatisticValues;
    for (const number of [count, sum, minimum, maximum]) checkNumber(number, `${path}.StatisticValues`);
    if (count <= 0 || minimum > maximum) {
      throw invalidParameterValue(
        `The parameter ${path}.StatisticValues needs a positive SampleCount and a Minimum that is not above its Maximum.`,
      );
    }
    return { count, sum, minimum, maximum };
  }
  return statisticSetOfValues(datum.Values ?? [], datum.Counts, path);
}

function statisticSetOfValues(
  values: readonly number[],
  counts: readonly number[] | undefined,
  path: string,
): StatisticSet {
  if (values.length === 0) throw missingParameter(`The parameter ${path}.Values must not be empty.`);
  if (values.length > 150) {
    throw invalidParameterValue(`The collection ${path}.Values must not have a size greater than 150.`);
  }
  if (counts !== undefined && counts.length !== values.length) {
    throw invalidParameterValue(`The parameters ${path}.Values and ${path}.Counts must be of the same size.`);
  }
  let count = 0;
  let sum = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  values.forEach((value, index) => {
    const times = counts?.[index] ?? 1;
    checkNumber(value, `${path}.Values`);
    checkNumber(times, `${path}.Counts`);
    if (times <= 0) throw invalidParameterValue(`The parameter ${path}.Counts must hold positive numbers.`);
    count += times;
    sum += value * times;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  });
  return { count, sum, minimum, maximum };
}

function checkNumber(value: number, path: string): void {
  if (!(Math.abs(value) <= largestValue)) {
    throw invalidParameterValue(`The value ${value} for parameter ${path} is invalid.`);
  }
}

/**
 * Shapes that several CloudWatch actions share, and the way from AWS's spelling to ours.
 */
import { isRetrievalPeriod } from '../../core/alarms/statistic.ts';
import type { MetricRef, Statistic } from '../../core/model/resources.ts';
import { list, required, structure, text } from '../wire/shapes.ts';
import { invalidParameterValue } from './errors.ts';

const dimensionShape = structure({ Name: required(text), Value: required(text) });
export const dimensionsShape = list(dimensionShape);

export interface WireDimension {
  readonly Name: string;
  readonly Value: string;
}

const statistics: readonly Statistic[] = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'];

/** @throws InvalidParameterValue with more than 30 dimensions, a name given twice, or an empty name or value */
export function dimensionsFromWire(dimensions: readonly WireDimension[] | undefined): Readonly<Record<string, string>> {
  if (dimensions === undefined) return {};
  if (dimensions.length > 30) {
    throw invalidParameterValue('The collection Dimensions must not have a size greater than 30.');
  }
  const named = new Map<string, string>();
  for (const { Name, Value } of dimensions) {
    if (Name === '' || Value === '') {
      throw invalidParameterValue('The parameter Dimensions must have a name and a value in every member.');
    }
    if (named.has(Name)) {
      throw invalidParameterValue(`The parameter Dimensions names ${Name} more than once.`);
    }
    named.set(Name, Value);
  }
  // An assignment would take a dimension called __proto__ for something else.
  return Object.fromEntries(named);
}

export function dimensionsToWire(dimensions: MetricRef['dimensions']): WireDimension[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

/** @throws InvalidParameterValue, with words of its own for percentiles and other extended statistics */
export function statisticFromWire(name: string): Statistic {
  const found = statistics.find((statistic) => statistic === name);
  if (found !== undefined) return found;
  throw invalidParameterValue(
    `The value ${name} for parameter Stat is not supported. This emulator keeps statistic sets: use one of ${statistics.join(', ')}.`,
  );
}

const sizes = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'];
const bits = ['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits'];
const units: ReadonlySet<string> = new Set([
  ...['Seconds', 'Milliseconds', 'Microseconds', 'Percent', 'Count', 'Count/Second', 'None'],
  ...[...sizes, ...bits].flatMap((unit) => [unit, `${unit}/Second`]),
]);

/** @throws InvalidParameterValue for a unit that CloudWatch does not know; no unit at all is fine */
export function checkUnit(unit: string | undefined, path: string): void {
  if (unit !== undefined && !units.has(unit)) {
    throw invalidParameterValue(
      `The value ${unit} for parameter ${path} is invalid. Use a unit such as Count or Seconds.`,
    );
  }
}

/** @throws InvalidParameterValue unless the period is 1, 5, 10, 20, 30 or a multiple of 60 seconds */
export function checkReadPeriod(periodSeconds: number): void {
  if (!isRetrievalPeriod(periodSeconds)) {
    throw invalidParameterValue('The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.');
  }
}

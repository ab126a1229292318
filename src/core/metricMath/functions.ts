/**
 * The functions of metric math: what each takes, what it gives, and what to beware of in an alarm (MATH-04, MATH-05).
 *
 * One table, so that the check, the evaluation and the cautions cannot disagree. Numeric work is series.ts. Not here, and
 * refused by name: SEARCH, SORT, SLICE, anomaly bands, calendar and service functions; scaling does not need them.
 */
import type { Note } from './operators.ts';
import {
  average,
  count,
  fillFrom,
  fillLinear,
  fillRepeat,
  fromPrevious,
  largest,
  type Reduction,
  reduceAcross,
  reduceSeries,
  runningSum,
  smallest,
  standardDeviation,
  sum,
} from './series.ts';
import type { MathExpression, MathInput, MathType, MathValue } from './types.ts';

/** What a function is handed. `values` are its arguments worked out; words and texts are only in `args`. */
export interface Call {
  readonly args: readonly MathExpression[];
  readonly values: readonly (MathValue | null)[];
  readonly input: MathInput;
  readonly note: Note;
}

export interface MathFunction {
  /** Types allowed per argument; the ones after `needed` may be left out. */
  readonly takes: readonly (readonly MathType[])[];
  readonly needed: number;
  gives(types: readonly MathType[]): MathType;
  run(call: Call): MathValue;
  /** In an alarm the answer changes with the number of points fetched (ALARM-09, MATH-05); by the type of its first argument. */
  readonly dependsOnRange?: (types: readonly MathType[]) => boolean;
}

const seriesOrList: readonly MathType[] = ['series', 'array'];
const numberOrSeries: readonly MathType[] = ['scalar', 'series'];
const ofSeries = (values: Float64Array): MathValue => ({ kind: 'series', values });
const ofNumber = (value: number): MathValue => ({ kind: 'scalar', value });

/** Series to series, and a list series by series. */
function mapping(
  each: (values: Float64Array, input: MathInput) => Float64Array,
  dependsOnRange?: MathFunction['dependsOnRange'],
): MathFunction {
  return {
    takes: [seriesOrList],
    needed: 1,
    gives: ([type]) => type!,
    run({ values: [value], input }) {
      if (value?.kind === 'array') {
        return { kind: 'array', series: value.series.map((values) => each(values, input)) };
      }
      return ofSeries(each(seriesIn(value), input));
    },
    ...(dependsOnRange === undefined ? {} : { dependsOnRange }),
  };
}

const perPoint = (change: (value: number) => number): MathFunction =>
  mapping((values) => values.map((value) => finite(change(value))));

/** A series to a number, a list to a series. */
function reducing(reduction: Reduction, missing: 'zero' | 'leftOut'): MathFunction {
  return {
    takes: [seriesOrList],
    needed: 1,
    gives: ([type]) => (type === 'array' ? 'series' : 'scalar'),
    run({ values: [value], input }) {
      if (value?.kind === 'array') {
        return ofSeries(reduceAcross(value.series, input.timesSeconds.length, reduction, missing));
      }
      return ofNumber(reduceSeries(seriesIn(value), reduction));
    },
    dependsOnRange: ([type]) => type === 'series',
  };
}

const pick = (position: 'first' | 'last'): MathFunction => ({
  takes: [['array']],
  needed: 1,
  gives: () => 'series',
  run: ({ values: [value] }) => ofSeries(listIn(value).at(position === 'first' ? 0 : -1)!),
});

const condition: MathFunction = {
  takes: [numberOrSeries, numberOrSeries, numberOrSeries],
  needed: 2,
  gives: (types) => (types.length === 3 && types.every((type) => type === 'scalar') ? 'scalar' : 'series'),
  run: ({ values: [test, whenTrue, whenFalse], input, note }) => {
    note('MATH-04');
    if (test?.kind === 'scalar') {
      const chosen = test.value !== 0 && !Number.isNaN(test.value) ? whenTrue : whenFalse;
      if (whenTrue?.kind === 'scalar' && whenFalse?.kind === 'scalar') return chosen!;
      return ofSeries(Float64Array.from({ length: input.timesSeconds.length }, (_, index) => pointOf(chosen, index)));
    }
    return ofSeries(
      seriesIn(test).map((tested, index) => {
        if (Number.isNaN(tested)) return Number.NaN;
        if (tested === 0) return pointOf(whenFalse, index);
        const value = pointOf(whenTrue, index);
        return whenTrue?.kind === 'series' && Number.isNaN(value) ? 0 : value;
      }),
    );
  },
};

const fill: MathFunction = {
  takes: [seriesOrList, ['scalar', 'series', 'word']],
  needed: 2,
  gives: ([type]) => type!,
  run({ args, values: [value, filler], input }) {
    const way = args[1];
    const each = (values: Float64Array): Float64Array => {
      if (way?.kind !== 'word') return fillFrom(values, (index) => pointOf(filler, index));
      return way.word === 'REPEAT' ? fillRepeat(values) : fillLinear(values, input.timesSeconds);
    };
    return value?.kind === 'array'
      ? { kind: 'array', series: value.series.map(each) }
      : ofSeries(each(seriesIn(value)));
  },
};

export const mathFunctions: Readonly<Record<string, MathFunction>> = {
  ABS: perPoint(Math.abs),
  CEIL: perPoint(Math.ceil),
  FLOOR: perPoint(Math.floor),
  LOG: perPoint(Math.log),
  LOG10: perPoint(Math.log10),
  AVG: reducing(average, 'zero'),
  SUM: reducing(sum, 'zero'),
  MIN: reducing(smallest, 'leftOut'),
  MAX: reducing(largest, 'leftOut'),
  STDDEV: reducing(standardDeviation, 'leftOut'),
  DATAPOINT_COUNT: reducing(count, 'leftOut'),
  RUNNING_SUM: mapping(runningSum, () => true),
  DIFF: mapping((values, { timesSeconds }) => fromPrevious(values, timesSeconds, (difference) => difference)),
  DIFF_TIME: mapping((values, { timesSeconds }) => fromPrevious(values, timesSeconds, (_, seconds) => seconds)),
  RATE: mapping((values, { timesSeconds }) =>
    fromPrevious(values, timesSeconds, (difference, seconds) => difference / seconds),
  ),
  IF: condition,
  FILL: fill,
  FIRST: pick('first'),
  LAST: pick('last'),
  METRIC_COUNT: {
    takes: [['array']],
    needed: 1,
    gives: () => 'scalar',
    run: ({ values: [value] }) => ofNumber(listIn(value).length),
  },
  METRICS: {
    takes: [['text']],
    needed: 0,
    gives: () => 'array',
    run({ args: [part], input }) {
      const wanted = part?.kind === 'text' ? part.text : '';
      const ids = [...input.metricPeriodsSeconds.keys()].filter((id) => id.includes(wanted));
      return { kind: 'array', series: ids.map((id) => inputSeries(input, id)) };
    },
  },
  PERIOD: {
    takes: [['series']],
    needed: 1,
    gives: () => 'scalar',
    // check.ts has made sure that the argument is the id of a metric.
    run: ({ args: [metric], input }) =>
      ofNumber(input.metricPeriodsSeconds.get(metric?.kind === 'id' ? metric.id : '') ?? Number.NaN),
  },
  TIME_SERIES: {
    takes: [['scalar']],
    needed: 1,
    gives: () => 'series',
    run: ({ values: [value], input }) => ofSeries(constantSeries(value, input)),
  },
};

/** A series as it was handed in: nothing here changes one. */
export function inputSeries({ series }: MathInput, id: string): Float64Array {
  const values = series.get(id)!;
  return values instanceof Float64Array ? values : Float64Array.from(values);
}

/** A number as a series without gaps; what a number inside a list means (MODEL-43). */
export function constantSeries(value: MathValue | null | undefined, input: MathInput): Float64Array {
  return new Float64Array(input.timesSeconds.length).fill(pointOf(value, 0));
}

const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);

/** The value at one timestamp; NaN for an argument that was left out. */
function pointOf(value: MathValue | null | undefined, index: number): number {
  if (value?.kind === 'scalar') return value.value;
  return value?.kind === 'series' ? value.values[index]! : Number.NaN;
}

function seriesIn(value: MathValue | null | undefined): Float64Array {
  if (value?.kind !== 'series') throw new Error('An argument that is no series must have been refused.');
  return value.values;
}

function listIn(value: MathValue | null | undefined): readonly Float64Array[] {
  if (value?.kind !== 'array') throw new Error('An argument that is no list must have been refused.');
  return value.series;
}

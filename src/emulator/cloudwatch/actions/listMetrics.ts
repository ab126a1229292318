/**
 * ListMetrics: which metrics had data in the last two weeks (or three hours), 500 a page. New ones are listed at once.
 */
import { pageFrom } from '../../paging.ts';
import { defineAction } from '../../service.ts';
import { flag, list, required, structure, text } from '../../wire/shapes.ts';
import { invalidParameterValue } from '../errors.ts';
import { minuteMs } from '../metricStore.ts';
import type { MinuteSeries } from '../minuteSeries.ts';
import { readPageToken } from '../paging.ts';
import type { CloudWatchState } from '../state.ts';
import { dimensionsToWire, type WireDimension } from '../wireShapes.ts';

interface Input {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value?: string }[];
  readonly NextToken?: string;
  readonly RecentlyActive?: string;
}

interface Output {
  readonly Metrics: {
    readonly Namespace: string;
    readonly MetricName: string;
    readonly Dimensions: WireDimension[];
  }[];
  readonly NextToken?: string;
}

const pageSize = 500;
const twoWeeksMs = 14 * 24 * 3_600_000;
const threeHoursMs = 3 * 3_600_000;

export const listMetrics = defineAction<CloudWatchState, Input, Output>({
  name: 'ListMetrics',
  input: structure({
    Namespace: text,
    MetricName: text,
    Dimensions: list(structure({ Name: required(text), Value: text })),
    NextToken: text,
    RecentlyActive: text,
    IncludeLinkedAccounts: flag,
    OwningAccount: text,
  }),
  output: structure({
    Metrics: list(
      structure({
        Namespace: text,
        MetricName: text,
        Dimensions: list(structure({ Name: text, Value: text })),
      }),
    ),
    NextToken: text,
  }),
  run(state, input) {
    if (input.RecentlyActive !== undefined && input.RecentlyActive !== 'PT3H') {
      throw invalidParameterValue(`The value ${input.RecentlyActive} for parameter RecentlyActive is invalid.`);
    }
    const [from = 0] = readPageToken(input.NextToken, 1) ?? [];
    const activeSinceMs = state.world.nowMs() - (input.RecentlyActive === undefined ? twoWeeksMs : threeHoursMs);
    const matching = [...state.store.all()].filter(
      (series) => isActive(series, activeSinceMs) && matches(series, input),
    );
    const { page, ...more } = pageFrom(matching, from, pageSize);
    const Metrics = page.map(({ ref }) => ({
      Namespace: ref.namespace,
      MetricName: ref.metricName,
      Dimensions: dimensionsToWire(ref.dimensions),
    }));
    return { Metrics, ...more };
  },
});

function isActive(series: MinuteSeries, sinceMs: number): boolean {
  const newest = series.newestMinute();
  return newest !== null && newest * minuteMs >= sinceMs;
}

function matches({ ref }: MinuteSeries, input: Input): boolean {
  if (input.Namespace !== undefined && input.Namespace !== ref.namespace) return false;
  if (input.MetricName !== undefined && input.MetricName !== ref.metricName) return false;
  return (input.Dimensions ?? []).every(
    ({ Name, Value }) => Object.hasOwn(ref.dimensions, Name) && (Value === undefined || Value === ref.dimensions[Name]),
  );
}

/**
 * Series for charts: read, turned into the unit that is drawn, reduced to what fits the screen (EL-83, UX-27).
 *
 * Counters come out per second, so that zooming out does not make a curve grow; levels keep their unit.
 */
import type { SeriesColumns, SeriesRequest, TimeRange } from '../../core/contract/shapes.ts';
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import { type MetricSpec, metricSpec, seriesKeyOf } from '../../core/metrics.ts';
import type { Resource } from '../../core/model/resources.ts';
import type { Points } from '../../core/model/series.ts';
import type { StoreReader } from '../../storage/interface.ts';
import { decimate, type Reduction } from './decimate.ts';
import type { Relations } from './relations.ts';

export interface SeriesContext {
  readonly store: StoreReader;
  readonly relations: Relations;
}

/** A range in epoch milliseconds as the half-open range of period starts inside it, epoch seconds. */
export function secondsOf({ fromMs, toMs }: TimeRange): { readonly fromSeconds: number; readonly toSeconds: number } {
  return { fromSeconds: Math.ceil(fromMs / 1000), toSeconds: Math.ceil(toMs / 1000) };
}

/** Every recorded point of a measure, as recorded: what exports and replays are made from. */
export function rawSeries(
  { store, relations }: SeriesContext,
  { resourceId, measure }: SeriesRequest,
  range: TimeRange,
): { readonly spec: MetricSpec; readonly points: Points } {
  const resource = holderOf(relations, resourceId, measure);
  const spec = resource && metricSpec(resource.kind, measure);
  const key = resource && seriesKeyOf(resource, measure);
  if (spec === undefined || key === undefined) {
    throw new SpillwayError('NOT_FOUND', {
      what: phrases([{ term: 'series-of', params: { resource: resourceId } }]),
      id: measure,
    });
  }
  const { fromSeconds, toSeconds } = secondsOf(range);
  return { spec, points: store.points(key, fromSeconds, toSeconds) };
}

export function seriesFor(
  context: SeriesContext,
  request: SeriesRequest,
  range: TimeRange,
  maxPoints: number,
): SeriesColumns {
  const { spec, points } = rawSeries(context, request, range);
  const counter = spec.reduction === 'sum';
  const drawn = counter ? perSecond(points, spec.periodSeconds) : points;
  const reduced = decimate(drawn, spec.periodSeconds, reductions[spec.reduction], maxPoints);
  return {
    resourceId: request.resourceId,
    measure: request.measure,
    unit: counter ? (spec.unit === 'bytes' ? 'bytes/s' : 'count/s') : spec.unit,
    periodSeconds: reduced.periodSeconds,
    reduction: reduced.reduced ? spec.reduction : 'none',
    sourcePoints: points.times.length,
    times: reduced.times,
    values: reduced.values,
  };
}

const reductions: Readonly<Record<SeriesColumns['reduction'], Reduction>> = {
  none: 'minmax',
  minmax: 'minmax',
  sum: 'rate',
  max: 'max',
  last: 'last',
};

/** Instances belong to the group, and are asked for under the queue it consumes. */
function holderOf(relations: Relations, resourceId: string, measure: SeriesRequest['measure']): Resource | undefined {
  const resource = relations.resource(resourceId);
  if (resource === undefined)
    throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'resource' }]), id: resourceId });
  if (metricSpec(resource.kind, measure) !== undefined) return resource;
  return relations.groupOf(resourceId)?.resource;
}

function perSecond({ times, values }: Points, periodSeconds: number): Points {
  return { times, values: values.map((value) => value / periodSeconds) };
}

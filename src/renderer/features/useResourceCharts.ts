/** What a resource's screen asks for its charts, and the finished shapes they draw. */
import { useMemo } from 'react';
import type { TimeRange } from '../../core/contract/shapes.ts';
import { type ChartSpec, chartSeries, isShown, maxPoints, measuresToAsk, reductionNote } from '../charts/measures.ts';
import { useWords } from '../data/context.ts';
import { useQuery } from '../data/useQuery.ts';

/**
 * @param specs a constant list: its identity is part of the question
 * @param hasGroup whether a group consumes the queue; null while that is not known: nothing is asked yet
 */
export function useResourceCharts(
  resourceId: string,
  specs: readonly ChartSpec[],
  range: TimeRange,
  hasGroup: boolean | null = false,
) {
  const { t, f } = useWords();
  const wanted = useMemo(
    () => (hasGroup === null ? null : measuresToAsk(specs, hasGroup).map((measure) => ({ resourceId, measure }))),
    [specs, resourceId, hasGroup],
  );
  const series = useQuery('series.get', wanted === null ? null : { series: wanted, range, maxPoints }, { live: true });
  const charts = useMemo(() => {
    const answers = series.data ?? [];
    return specs
      .filter((spec) => isShown(spec, answers))
      .map((spec) => ({
        spec,
        series: chartSeries(spec, answers, range, t),
        note: reductionNote(spec, answers, t, f),
      }));
    // The range belongs to the answer: it is read when the answer comes.
  }, [specs, series.data, t, f, range]);
  return { series, charts };
}

/** What a resource's screen asks for its charts, and the finished shapes they draw. */
import { useMemo } from 'react';
import type { TimeRange } from '../../core/contract/shapes.ts';
import { type ChartSpec, chartSeries, isShown, maxPoints, reductionNote } from '../charts/measures.ts';
import { useWords } from '../data/context.ts';
import { useQuery } from '../data/useQuery.ts';

/** @param specs a constant list: its identity is part of the question */
export function useResourceCharts(resourceId: string, specs: readonly ChartSpec[], range: TimeRange) {
  const { t, f } = useWords();
  const wanted = useMemo(
    () => specs.flatMap(({ measures }) => measures.map(({ measure }) => ({ resourceId, measure }))),
    [specs, resourceId],
  );
  const series = useQuery('series.get', { series: wanted, range, maxPoints }, { live: true });
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

/**
 * One stream: iterator age against its retention, the shards' use against their limits, bytes, records, throttling.
 */
import { useMemo, useState } from 'react';
import { useCommandHandlers } from '../../app/useCommandHandlers.ts';
import { goTo } from '../../app/useRoute.ts';
import { EventLane } from '../../charts/EventLane.tsx';
import { ChartGroupProvider } from '../../charts/group.tsx';
import { streamCharts } from '../../charts/measures.ts';
import { PinnedValues } from '../../charts/PinnedValues.tsx';
import { type Threshold, TimeChart } from '../../charts/TimeChart.tsx';
import { useWords } from '../../data/context.ts';
import { useQuery } from '../../data/useQuery.ts';
import { useFocus, useTimeRange } from '../../data/useTimeRange.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { alarmThresholds } from '../queue/thresholds.ts';
import { useResourceCharts } from '../useResourceCharts.ts';
import { HeatMap, type HeatMeasure } from './HeatMap.tsx';
import { ShardWhatIf } from './ShardWhatIf.tsx';
import { StreamSide } from './StreamSide.tsx';
import '../resource.css';
import './stream.css';

const maxBuckets = 240;
const noThresholds: readonly Threshold[] = [];

export default function StreamScreen({ resourceId }: { resourceId: string }) {
  const { t, f } = useWords();
  const range = useTimeRange();
  const [measure, setMeasure] = useState<HeatMeasure>('bytes');
  const detail = useQuery('resource.get', { resourceId }, { live: true });
  const { series, charts } = useResourceCharts(resourceId, streamCharts, range);
  const heat = useQuery('shards.heatmap', { resourceId, range, measure, maxBuckets }, { live: true });
  const events = useQuery('events.list', { range, resourceIds: [resourceId] }, { live: true });
  useFocus(detail.data?.row.connectionId ?? null);
  const addNote = () => goTo({ screen: 'incident', resourceId });
  useCommandHandlers({ 'note.add': addNote });

  const retentionSeconds = detail.data?.row.retentionSeconds ?? null;
  const alarmsText = JSON.stringify(detail.data?.alarms ?? []);
  const ageThresholds = useMemo<readonly Threshold[]>(() => {
    if (retentionSeconds === null) return noThresholds;
    const alarms = JSON.parse(alarmsText) as NonNullable<typeof detail.data>['alarms'];
    return [
      ...alarmThresholds(alarms, null, 'iteratorAge', 'milliseconds', t, f),
      {
        id: 'retention',
        value: retentionSeconds * 1000,
        label: t('stream.retention', { time: f.duration(retentionSeconds) }),
        tone: 'limit',
      },
    ];
  }, [retentionSeconds, alarmsText, t, f]);

  if (detail.data === null) {
    if (detail.error !== null) {
      return (
        <div className="pad">
          <Failure error={detail.error} retry={detail.ask} />
        </div>
      );
    }
    return <Loading />;
  }
  // The answer of another measure is not drawn under this one's name.
  const shownHeat = heat.data?.measure === measure ? heat.data : null;

  return (
    <ChartGroupProvider range={range}>
      <div className="resource" data-testid="stream-screen">
        <div className="panel charts">
          {series.error === null ? null : <Failure error={series.error} retry={series.ask} />}
          <EventLane events={events.data ?? []} range={range} />
          {charts.slice(0, 1).map(chart)}
          {heat.error === null ? (
            <HeatMap map={shownHeat} measure={measure} setMeasure={setMeasure} range={range} />
          ) : (
            <Failure error={heat.error} retry={heat.ask} />
          )}
          {charts.slice(1).map(chart)}
          <ShardWhatIf key={resourceId} resourceId={resourceId} range={range} detail={detail.data} />
        </div>
        <aside className="side">
          <section className="panel">
            <h2 className="panel-head">{t('pinned.title')}</h2>
            <PinnedValues resourceId={resourceId} addNote={addNote} />
          </section>
          <StreamSide detail={detail.data} />
        </aside>
      </div>
    </ChartGroupProvider>
  );

  function chart({ spec, series: drawn, note }: (typeof charts)[number]) {
    return (
      <TimeChart
        key={spec.id}
        id={spec.id}
        title={t(spec.title)}
        unit={spec.unit}
        series={drawn}
        thresholds={spec.id === 'iteratorAge' ? ageThresholds : noThresholds}
        range={range}
        height={spec.id === 'iteratorAge' ? 170 : 120}
        note={note}
        emptyText={series.data === null ? t('common.loading') : t('chart.noDataRange')}
      />
    );
  }
}

/**
 * One queue: depth, age, rates and the instances that consume it, on one time range with one crosshair.
 *
 * Questions are asked here, charts draw (charts/TimeChart.tsx). Not here: a stream, the replay.
 */
import { useMemo } from 'react';
import { useCommandHandlers } from '../../app/useCommandHandlers.ts';
import { goTo } from '../../app/useRoute.ts';
import { EventLane } from '../../charts/EventLane.tsx';
import { ChartGroupProvider } from '../../charts/group.tsx';
import { queueCharts } from '../../charts/measures.ts';
import { PinnedValues } from '../../charts/PinnedValues.tsx';
import { TimeChart } from '../../charts/TimeChart.tsx';
import { useWords } from '../../data/context.ts';
import { useQuery } from '../../data/useQuery.ts';
import { useFocus, useTimeRange } from '../../data/useTimeRange.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useResourceCharts } from '../useResourceCharts.ts';
import { QueueSide } from './QueueSide.tsx';
import { alarmThresholds } from './thresholds.ts';
import '../resource.css';

export default function QueueScreen({ resourceId }: { resourceId: string }) {
  const { t, f } = useWords();
  const range = useTimeRange();
  const detail = useQuery('resource.get', { resourceId }, { live: true });
  // What is known may still be of the queue that was looked at before.
  const hasGroup = detail.data?.row.resourceId === resourceId ? detail.data.group !== null : null;
  const { series, charts } = useResourceCharts(resourceId, queueCharts, range, hasGroup);
  const resourceIds = useMemo(() => {
    const group = detail.data?.group?.resourceId;
    return group === undefined ? [resourceId] : [resourceId, group];
  }, [resourceId, detail.data?.group?.resourceId]);
  const events = useQuery('events.list', { range, resourceIds }, { live: true });
  useFocus(detail.data?.row.connectionId ?? null);
  const addNote = () => goTo({ screen: 'incident', resourceId });
  useCommandHandlers({ 'note.add': addNote });

  const alarmsText = JSON.stringify(detail.data?.alarms ?? []);
  const groupText = JSON.stringify(detail.data?.group ?? null);
  const thresholds = useMemo(() => {
    const alarms = JSON.parse(alarmsText) as NonNullable<typeof detail.data>['alarms'];
    const group = JSON.parse(groupText) as NonNullable<typeof detail.data>['group'];
    return new Map(
      queueCharts.map(({ id, unit, measures: own }) => [
        id,
        own.flatMap(({ measure }) => alarmThresholds(alarms, group, measure, unit, t, f)),
      ]),
    );
  }, [alarmsText, groupText, t, f]);

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

  return (
    <ChartGroupProvider range={range}>
      <div className="resource" data-testid="queue-screen">
        <div className="panel charts">
          {series.error === null ? null : <Failure error={series.error} retry={series.ask} />}
          <EventLane events={events.data ?? []} range={range} />
          {charts.map(({ spec, series: drawn, note }) => (
            <TimeChart
              key={spec.id}
              id={spec.id}
              title={t(spec.title)}
              unit={spec.unit}
              series={drawn}
              thresholds={thresholds.get(spec.id)!}
              range={range}
              height={spec.id === 'depth' ? 190 : 140}
              note={note}
              emptyText={
                series.data === null
                  ? // Why there is nothing is said once, above.
                    series.error === null
                    ? t('common.loading')
                    : ''
                  : spec.id === 'instances' && !hasGroup
                    ? t('queue.noGroup')
                    : t('chart.noDataRange')
              }
            />
          ))}
        </div>
        <aside className="side">
          <section className="panel">
            <h2 className="panel-head">{t('pinned.title')}</h2>
            <PinnedValues resourceId={resourceId} addNote={addNote} />
          </section>
          <QueueSide detail={detail.data} />
        </aside>
      </div>
    </ChartGroupProvider>
  );
}

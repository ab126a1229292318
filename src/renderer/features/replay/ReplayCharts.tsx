/** Recorded against replayed on one range: the metric with the chosen run's thresholds above, the instances below (UX-30). */
import { memo, useMemo } from 'react';
import type { ReplayBands, ReplayResult, TimeRange } from '../../../core/contract/shapes.ts';
import { type ChartSeries, type Threshold, TimeChart } from '../../charts/TimeChart.tsx';
import { useWords } from '../../data/context.ts';
import { adjustmentText, operatorSign } from '../queue/thresholds.ts';
import { runLooks } from './runLooks.ts';
import { unitOfMeasure } from './StepTable.tsx';

const minuteSeconds = 60;
const noShades: NonNullable<NonNullable<ReplayResult['fidelity']>['leftOut']> = [];
type Column = 'backlog' | 'ageSeconds' | 'inService';

interface Props {
  readonly result: ReplayResult;
  readonly chosen: number;
  readonly range: TimeRange;
  /** Of the chosen run; drawn as two thin lines beside it. */
  readonly bands: ReplayBands | null;
}

export const ReplayCharts = memo(function ReplayCharts({ result, chosen, range, bands }: Props) {
  const { t, f } = useWords();
  const { bucketSeconds = minuteSeconds } = result;
  const note = bucketSeconds === minuteSeconds ? null : t('replay.bucket', { length: f.duration(bucketSeconds) });
  const series = useMemo(() => {
    const all = [{ label: t('replay.recorded'), columns: result.recorded.columns }, ...result.runs];
    const edges = (column: Column, shape: ChartSeries['shape']): ChartSeries[] =>
      bands === null
        ? []
        : (['p5', 'p95'] as const).map((edge) => ({
            id: edge,
            name: edge,
            slot: runLooks[chosen + 1]!.slot,
            dash: '1 3',
            shape,
            columns: { times: bands.times, values: bands[column][edge] },
            gapSeconds: bands.bucketSeconds * 1.5,
          }));
    const of = (column: Column, shape: ChartSeries['shape']): ChartSeries[] => [
      ...all.map(({ label, columns }, i) => ({
        id: `${i}`,
        name: label,
        ...runLooks[i]!,
        shape: i === 0 && shape === 'line' ? 'area' : shape,
        columns: { times: columns.times, values: columns[column] },
        gapSeconds: bucketSeconds * 1.5,
      })),
      ...edges(column, shape),
    ];
    return { backlog: of('backlog', 'line'), age: of('ageSeconds', 'line'), instances: of('inService', 'step') };
  }, [result, bucketSeconds, t, bands, chosen]);

  const thresholds = useMemo(() => {
    const of = (measure: 'depth' | 'age'): Threshold[] =>
      (result.runs[chosen]?.setup.policies ?? []).flatMap(({ policy, alarm }) => {
        if (alarm.measure !== measure) return [];
        const unit = unitOfMeasure[measure];
        const rising = alarm.comparisonOperator.startsWith('Greater');
        const bounds = policy.steps.flatMap((step, i): Threshold[] => {
          const bound = rising ? step.lowerBound : step.upperBound;
          if (bound === null || bound === 0) return [];
          const value = alarm.threshold + bound;
          const change = adjustmentText(policy.adjustmentType, step.adjustment);
          return [
            {
              id: `${policy.name}/${i}`,
              value,
              label: t('threshold.step', { policy: policy.name, change, value: f.value(value, unit) }),
              tone: 'step',
            },
          ];
        });
        const label = `${alarm.name} ${operatorSign[alarm.comparisonOperator]} ${f.value(alarm.threshold, unit)}`;
        return [{ id: alarm.name, value: alarm.threshold, label, tone: 'alarm' as const }, ...bounds];
      });
    const goal = result.assumptions.ageGoalSeconds;
    return {
      depth: of('depth'),
      age: [
        ...of('age'),
        { id: 'goal', value: goal, label: t('replay.ageGoal', { goal: f.duration(goal) }), tone: 'limit' as const },
      ],
    };
  }, [result, chosen, t, f]);

  const shades = result.fidelity?.leftOut ?? noShades;
  return (
    <div className="panel charts">
      {shades.length === 0 ? null : (
        <p className="panel-body faint" data-testid="replay-shaded">
          <span className="shade-sign" aria-hidden="true" /> {t('fidelity.shaded')}
        </p>
      )}
      <TimeChart
        id="replay-backlog"
        title={t('replay.backlog')}
        unit="messages"
        series={series.backlog}
        note={note}
        thresholds={thresholds.depth}
        shades={shades}
        range={range}
        height={190}
      />
      <TimeChart
        id="replay-instances"
        title={t('replay.instances')}
        unit="instances"
        series={series.instances}
        note={note}
        shades={shades}
        range={range}
        height={160}
      />
      <TimeChart
        id="replay-age"
        title={t('replay.age')}
        unit="seconds"
        series={series.age}
        note={note}
        thresholds={thresholds.age}
        shades={shades}
        range={range}
        height={130}
      />
    </div>
  );
});

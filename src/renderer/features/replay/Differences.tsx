/** A/B: the same figures for the recorded fleet and every replayed candidate, with the difference to the deployed one (UX-32). */
import { memo } from 'react';
import type { ReplayResult, ReplaySummary } from '../../../core/contract/shapes.ts';
import { LineSign } from '../../charts/TimeChart.tsx';
import { useWords } from '../../data/context.ts';
import { nothing, type Unit } from '../../time/format.ts';
import { runLooks } from './runLooks.ts';
import { differenceText } from './words.ts';

const lines: readonly { readonly field: Exclude<keyof ReplaySummary, 'drainedAtMs'>; readonly unit: Unit }[] = [
  { field: 'peakBacklog', unit: 'messages' },
  { field: 'worstAgeSeconds', unit: 'seconds' },
  { field: 'minutesOverAgeGoal', unit: 'minutes' },
  { field: 'instanceHours', unit: 'hours' },
  { field: 'costUsd', unit: 'usd' },
  { field: 'peakInstances', unit: 'instances' },
  { field: 'minutesAtMax', unit: 'minutes' },
  { field: 'launches', unit: 'instances' },
  { field: 'terminations', unit: 'instances' },
];

export const Differences = memo(function Differences({ result }: { result: ReplayResult }) {
  const { t, f } = useWords();
  const columns = [
    { label: t('replay.recorded'), summary: result.recorded.summary },
    ...result.runs.map(({ label, summary }) => ({ label, summary })),
  ];
  // A trace has arrivals only: a fleet that never was has no zeros.
  const fleetRecorded = result.fleetRecorded ?? result.recorded.columns.inService.some((count) => !Number.isNaN(count));
  const unknownFleet = fleetRecorded ? null : t('replay.recorded');
  const base = result.runs[0]?.summary;
  return (
    <section className="panel" data-testid="differences">
      <div className="panel-head">
        <h2>{t('differences.title')}</h2>
        <span className="faint">{t('differences.says', { label: result.runs[0]?.label ?? '' })}</span>
      </div>
      <table className="plain differences">
        <thead>
          <tr>
            <th scope="col">{t('differences.figure')}</th>
            {columns.map(({ label }, i) => (
              <th key={label} scope="col" className="number">
                <LineSign {...runLooks[i]!} /> {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ field, unit }) => {
            const best = Math.min(...result.runs.map(({ summary }) => summary[field]));
            const differ = result.runs.some(({ summary }) => summary[field] !== best);
            return (
              <tr key={field} data-testid={`difference-${field}`}>
                <th scope="row">
                  {t(`differences.${field}`, { goal: f.duration(result.assumptions.ageGoalSeconds) })}
                </th>
                {columns.map(({ label, summary }, i) => (
                  <td key={label} className="number">
                    {differ && i > 0 && summary[field] === best ? (
                      <span className="tone-good" title={t('differences.lowest')}>
                        ▾{' '}
                      </span>
                    ) : null}
                    {label === unknownFleet ? nothing : f.value(round(summary[field]), unit)}
                    {i < 2 || base === undefined ? null : (
                      <span className="cell-second">{differenceText(summary[field], base[field], unit, f)}</span>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
          <tr>
            <th scope="row">{t('differences.drainedAt')}</th>
            {columns.map(({ label, summary }) => (
              <td key={label} className="number">
                {label === unknownFleet
                  ? nothing
                  : summary.drainedAtMs === null
                    ? t('differences.notDrained')
                    : f.clock(summary.drainedAtMs)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
});

const round = (value: number) => Number(value.toPrecision(4));

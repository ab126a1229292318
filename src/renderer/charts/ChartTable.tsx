/** A chart's points as a table (UX-26): the newest first, every row with its instant and unit. */
import { useMemo } from 'react';
import { useWords } from '../data/context.ts';
import type { Unit } from '../time/format.ts';
import type { ChartSeries } from './TimeChart.tsx';

const mostRows = 500;

export function ChartTable({ title, unit, series }: { title: string; unit: Unit; series: readonly ChartSeries[] }) {
  const { t, f } = useWords();
  const rows = useMemo(() => tableRows(series), [series]);
  return (
    <div className="chart-table" data-testid="chart-table">
      <table className="plain">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('chart.time', { zone: rows[0] === undefined ? '' : f.zone(rows[0].atMs) })}</th>
            {series.map(({ id, name }) => (
              <th key={id} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map(({ atMs, values }) => (
            <tr key={atMs}>
              <td>{f.shortInstant(atMs)}</td>
              {series.map(({ id }, i) => (
                <td key={id} className="number">
                  {f.value(values[i] ?? null, unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows ? (
        <p className="faint pad">{t('chart.tableCut', { shown: mostRows, all: f.whole(rows.length) })}</p>
      ) : null}
    </div>
  );
}

interface Row {
  readonly atMs: number;
  /** By position of the series; undefined where it has no point. */
  readonly values: (number | undefined)[];
}

/** All instants of all series, newest first. */
export function tableRows(series: readonly Pick<ChartSeries, 'columns'>[]): Row[] {
  const rows = new Map<number, Row>();
  for (const [i, { columns }] of series.entries()) {
    for (const [j, at] of columns.times.entries()) {
      const row = rows.get(at) ?? { atMs: at * 1000, values: [] };
      row.values[i] = columns.values[j]!;
      rows.set(at, row);
    }
  }
  return [...rows.values()].sort((a, b) => b.atMs - a.atMs);
}

/**
 * How good each replayed fleet was, side by side (docs/rules/yardsticks.md). What is undefined is "n/a", never 0.
 *
 * Pure display: the figures are the replay's own. Not here: the plain totals and their differences (Differences.tsx).
 */
import { memo } from 'react';
import type { Judgement, ReplayRun } from '../../../core/contract/shapes.ts';
import { LineSign } from '../../charts/TimeChart.tsx';
import { useWords } from '../../data/context.ts';
import type { TextKey } from '../../i18n/index.ts';
import type { Format } from '../../time/format.ts';
import { runLooks } from './runLooks.ts';

interface Line {
  readonly name: TextKey;
  /** Where the figure is defined, as docs/rules/yardsticks.md numbers it. */
  readonly rule: string;
  readonly cell: (of: Judgement, f: Format) => string | null;
}

const fixed = (value: number | null, digits: number): string | null => (value === null ? null : value.toFixed(digits));
/** The contract's percentages are 0 to 100, the formatter's shares 0 to 1. */
const pct = (value: number | null, f: Format): string | null => (value === null ? null : f.percent(value / 100, 1));
const minutes = (value: number | null | undefined, f: Format): string | null =>
  value === null || value === undefined ? null : f.value(value, 'minutes');
const instances = (value: number | null | undefined, f: Format): string | null =>
  value === null || value === undefined ? null : f.value(value, 'instances');
const whole = (value: number | null, f: Format): string | null => (value === null ? null : f.whole(value));
const seconds = (value: number | null, f: Format): string | null => (value === null ? null : f.duration(value));

const groups: readonly { readonly title: TextKey; readonly lines: readonly Line[] }[] = [
  {
    title: 'yardsticks.waits',
    lines: [
      { name: 'yardsticks.p50', rule: 'YARD-21', cell: ({ waits }, f) => seconds(waits.p50Seconds, f) },
      { name: 'yardsticks.p95', rule: 'YARD-21', cell: ({ waits }, f) => seconds(waits.p95Seconds, f) },
      { name: 'yardsticks.p99', rule: 'YARD-21', cell: ({ waits }, f) => seconds(waits.p99Seconds, f) },
      { name: 'yardsticks.longest', rule: 'YARD-20', cell: ({ waits }, f) => seconds(waits.maxSeconds, f) },
      {
        name: 'yardsticks.late',
        rule: 'YARD-22',
        cell: ({ waits }, f) =>
          waits.lateShare === null
            ? null
            : `${f.value(waits.lateMessages, 'messages')} (${f.percent(waits.lateShare, 1)})`,
      },
    ],
  },
  {
    title: 'yardsticks.spike',
    lines: [
      { name: 'yardsticks.drain', rule: 'YARD-42', cell: ({ spike }, f) => minutes(spike?.drainMinutes, f) },
      { name: 'yardsticks.first', rule: 'YARD-43', cell: ({ spike }, f) => minutes(spike?.firstNewInstanceMinutes, f) },
      {
        name: 'yardsticks.overshoot',
        rule: 'YARD-44',
        cell: ({ spike }, f) => instances(spike?.overshootInstances, f),
      },
    ],
  },
  {
    title: 'yardsticks.elasticity',
    lines: [
      { name: 'yardsticks.thetaU', rule: 'YARD-01', cell: ({ elasticity }, f) => pct(elasticity.thetaUPct, f) },
      { name: 'yardsticks.thetaO', rule: 'YARD-02', cell: ({ elasticity }, f) => pct(elasticity.thetaOPct, f) },
      { name: 'yardsticks.tauU', rule: 'YARD-03', cell: ({ elasticity }, f) => pct(elasticity.tauUPct, f) },
      { name: 'yardsticks.tauO', rule: 'YARD-04', cell: ({ elasticity }, f) => pct(elasticity.tauOPct, f) },
      {
        name: 'yardsticks.instability',
        rule: 'YARD-05',
        cell: ({ elasticity }, f) => pct(elasticity.instabilityPct, f),
      },
      { name: 'yardsticks.jitter', rule: 'YARD-06', cell: ({ elasticity }) => fixed(elasticity.jitterPerTick, 3) },
      { name: 'yardsticks.reversals', rule: 'YARD-08', cell: ({ elasticity }, f) => whole(elasticity.reversals, f) },
      { name: 'yardsticks.eta', rule: 'YARD-09', cell: ({ elasticity }) => fixed(elasticity.eta, 2) },
      { name: 'yardsticks.deviation', rule: 'YARD-10', cell: ({ elasticity }) => fixed(elasticity.deviation, 1) },
    ],
  },
  {
    title: 'yardsticks.money',
    lines: [
      {
        name: 'yardsticks.perMillion',
        rule: 'YARD-32',
        cell: ({ money }, f) =>
          money.costPerMillionMessagesUsd === null ? null : f.value(money.costPerMillionMessagesUsd, 'usd'),
      },
      {
        name: 'yardsticks.waste',
        rule: 'YARD-33',
        cell: ({ money }, f) => (money.wasteShare === null ? null : f.percent(money.wasteShare, 1)),
      },
      {
        name: 'yardsticks.short',
        rule: 'YARD-34',
        cell: ({ money }, f) => instances(money.livesUnder10Minutes, f),
      },
      {
        name: 'yardsticks.regret',
        rule: 'YARD-55',
        cell: ({ regret }, f) => (regret === null ? null : f.value(regret.costUsd, 'usd')),
      },
    ],
  },
];

export const Yardsticks = memo(function Yardsticks({ runs }: { runs: readonly ReplayRun[] }) {
  const { t, f } = useWords();
  const judged = runs.flatMap(({ label, judgement }, i) => (judgement === undefined ? [] : [{ label, judgement, i }]));
  if (judged.length === 0) return null;
  return (
    <section className="panel" data-testid="yardsticks">
      <div className="panel-head">
        <h2>{t('yardsticks.title')}</h2>
        <span className="faint">{t('yardsticks.says')}</span>
      </div>
      <table className="plain differences">
        <thead>
          <tr>
            <th scope="col">{t('differences.figure')}</th>
            {judged.map(({ label, i }) => (
              <th key={label} scope="col" className="number">
                <LineSign {...runLooks[i + 1]!} /> {label}
              </th>
            ))}
            <th scope="col">{t('decisions.rules')}</th>
          </tr>
        </thead>
        {groups.map(({ title, lines }) => (
          <tbody key={title}>
            <tr>
              <th scope="rowgroup" colSpan={judged.length + 2} className="group-head">
                {t(title)}
              </th>
            </tr>
            {lines.map(({ name, rule, cell }) => (
              <tr key={name}>
                <th scope="row">{t(name)}</th>
                {judged.map(({ label, judgement }) => (
                  <td key={label} className="number">
                    {cell(judgement, f) ?? t('yardsticks.undefined')}
                  </td>
                ))}
                <td className="mono faint nowrap">{rule}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
});

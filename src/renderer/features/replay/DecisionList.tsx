/**
 * Every decision of one run in plain words: time, breach, step, credit, what blocked it, before -> after, rules (UX-30).
 */
import { memo, useMemo, useState } from 'react';
import type { ReplayRun } from '../../../core/contract/shapes.ts';
import { decisionWords, type ToldValue } from '../../../core/messages/decisions.ts';
import { useChartGroup } from '../../charts/group.tsx';
import { useWords } from '../../data/context.ts';
import { unitOfMeasure } from './StepTable.tsx';
import { mostDecisions as mostRows } from './useReplay.ts';

interface Props {
  readonly runs: readonly ReplayRun[];
  /** End of the replayed range, whose zone the times are told in. */
  readonly toMs: number;
  /** They are of the part of the range that is zoomed to. */
  readonly ofPart: boolean;
  readonly chosen: number;
  readonly choose: (run: number) => void;
}

/** Remembered, because its rows cost more than all else on the screen and change only with a judgement. */
export const DecisionList = memo(function DecisionList({ runs, toMs, ofPart, chosen, choose }: Props) {
  const { t, f } = useWords();
  const { crosshair } = useChartGroup();
  const [onlyActions, setOnlyActions] = useState(false);
  const run = runs[chosen] ?? runs[0];
  const rows = useMemo(
    () =>
      (run?.decisions ?? []).filter(
        ({ desiredBefore, desiredAfter }) => !onlyActions || desiredBefore !== desiredAfter,
      ),
    [run, onlyActions],
  );
  if (run === undefined) return null;
  const count = run.decisionCounts?.[onlyActions ? 'acting' : 'all'] ?? rows.length;
  const value: ToldValue = (of, measure) => f.value(of, unitOfMeasure[measure ?? 'depth']);
  return (
    <section className="panel" data-testid="decisions">
      <div className="panel-head row-wrap">
        <h2>{t('decisions.title')}</h2>
        <fieldset className="presets">
          <legend className="visually-hidden">{t('decisions.of')}</legend>
          {runs.map(({ label }, i) => (
            <button
              key={label}
              type="button"
              className="button button-small"
              aria-pressed={i === chosen}
              onClick={() => choose(i)}
            >
              {label}
            </button>
          ))}
        </fieldset>
        <span className="grow" />
        <label className="row">
          <input type="checkbox" checked={onlyActions} onChange={(event) => setOnlyActions(event.target.checked)} />
          {t('decisions.onlyActions')}
        </label>
        <span className="faint">{t(ofPart ? 'decisions.countOfPart' : 'decisions.count', { n: count })}</span>
      </div>
      <div className="decision-scroll">
        <table className="plain decisions">
          <thead>
            <tr>
              <th scope="col">{t('chart.time', { zone: f.zone(toMs) })}</th>
              <th scope="col">{t('decisions.what')}</th>
              <th scope="col" className="number">
                {t('decisions.change')}
              </th>
              <th scope="col">{t('decisions.rules')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((decision, i) => {
              const words = decisionWords(f.language, decision, run.setup, value);
              const { desiredBefore: before, desiredAfter: after } = decision;
              const sign = after > before ? '▲' : after < before ? '▼' : '·';
              const tone = after > before ? 'tone-good' : after < before ? 'tone-warn' : 'tone-quiet';
              return (
                <tr key={`${decision.atMs} ${decision.policyName} ${i}`}>
                  <td>
                    <button
                      type="button"
                      className="link-button"
                      onClick={() => crosshair.pinned.set(decision.atMs / 1000)}
                      title={t('decisions.pin')}
                    >
                      {f.shortInstant(decision.atMs)}
                    </button>
                  </td>
                  <td>
                    {words.outcome} {words.repeats}
                    <span className="decision-why">
                      {[words.alarm, words.step, words.base, words.datapoints].filter((part) => part !== '').join(' ')}
                    </span>
                    <span className="cell-second">{decision.policyName}</span>
                  </td>
                  <td className={`number ${tone}`}>
                    <span aria-hidden="true">{sign}</span> {before} → {after}
                  </td>
                  <td className="mono faint">{decision.rules.join(' ')}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        {rows.length === 0 ? <p className="empty">{t('decisions.none')}</p> : null}
        {count > mostRows ? (
          <p className="faint pad">{t('chart.tableCut', { shown: mostRows, all: f.whole(count) })}</p>
        ) : null}
      </div>
    </section>
  );
});

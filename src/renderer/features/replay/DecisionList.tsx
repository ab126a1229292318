/**
 * Every decision of one run in plain words: time, breach, step, credit, what blocked it, before -> after, rules (UX-30).
 */
import { useMemo, useState } from 'react';
import type { ReplayResult } from '../../../core/contract/shapes.ts';
import { decisionWords, type ToldValue } from '../../../core/messages/decisions.ts';
import { useChartGroup } from '../../charts/group.tsx';
import { useWords } from '../../data/context.ts';
import { unitOfMeasure } from './StepTable.tsx';

const mostRows = 400;

interface Props {
  readonly result: ReplayResult;
  readonly chosen: number;
  readonly choose: (run: number) => void;
}

export function DecisionList({ result, chosen, choose }: Props) {
  const { t, f } = useWords();
  const { crosshair } = useChartGroup();
  const [onlyActions, setOnlyActions] = useState(false);
  const run = result.runs[chosen] ?? result.runs[0];
  const rows = useMemo(
    () =>
      (run?.decisions ?? []).filter(
        ({ desiredBefore, desiredAfter }) => !onlyActions || desiredBefore !== desiredAfter,
      ),
    [run, onlyActions],
  );
  if (run === undefined) return null;
  const value: ToldValue = (of, measure) => f.value(of, unitOfMeasure[measure ?? 'depth']);
  return (
    <section className="panel" data-testid="decisions">
      <div className="panel-head row-wrap">
        <h2>{t('decisions.title')}</h2>
        <fieldset className="presets">
          <legend className="visually-hidden">{t('decisions.of')}</legend>
          {result.runs.map(({ label }, i) => (
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
        <span className="faint">{t('decisions.count', { n: rows.length })}</span>
      </div>
      <div className="decision-scroll">
        <table className="plain decisions">
          <thead>
            <tr>
              <th scope="col">{t('chart.time', { zone: f.zone(result.range.toMs) })}</th>
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
        {rows.length > mostRows ? (
          <p className="faint pad">{t('chart.tableCut', { shown: mostRows, all: f.whole(rows.length) })}</p>
        ) : null}
      </div>
    </section>
  );
}

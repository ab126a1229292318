/** How far to trust the what-if: the deployed policy replayed, against the fleet that was recorded. Always first. */
import { memo } from 'react';
import type { ReplayResult } from '../../../core/contract/shapes.ts';
import { fidelityAssumedDelays, fidelityLeftOut, minutesByReason } from '../../../core/messages/fidelity.ts';
import { phraseText } from '../../../core/messages/terms.ts';
import { useWords } from '../../data/context.ts';
import { Mark } from '../../parts/Mark.tsx';
import { treatmentText, trust } from './words.ts';

const looks = {
  close: { tone: 'good', sign: '●' },
  rough: { tone: 'warn', sign: '◐' },
  poor: { tone: 'bad', sign: '○' },
} as const;

export const FidelityBlock = memo(function FidelityBlock({ result }: { result: ReplayResult }) {
  const { t, f } = useWords();
  const { fidelity, holes } = result;
  const word = fidelity === null ? null : trust(fidelity);
  return (
    <section className="panel" data-testid="fidelity" data-trust={word ?? undefined}>
      <div className="panel-head">
        <h2>{t('fidelity.title')}</h2>
        <span className="grow" />
        {word === null ? null : <Mark {...looks[word]} word={t(`fidelity.${word}`)} />}
      </div>
      {fidelity === null ? (
        <p className="panel-body">{t('fidelity.none')}</p>
      ) : (
        <>
          <p className="panel-body soft">
            {t('fidelity.says', {
              minutes: f.whole(fidelity.minutesCompared),
              share: f.percent(fidelity.equalDesiredShare, 1),
              leftOut: f.whole(fidelity.minutesLeftOut),
            })}
          </p>
          {word === 'close' ? null : <p className="panel-body faint">{t('fidelity.weakest')}</p>}
          {fidelity.withAssumedDelays == null ? null : (
            <p className="panel-body faint" data-testid="fidelity-assumed">
              {fidelityAssumedDelays[f.language]}: {f.percent(fidelity.withAssumedDelays.equalDesiredShare, 1)},{' '}
              {f.percent(fidelity.withAssumedDelays.actionPrecision)} /{' '}
              {f.percent(fidelity.withAssumedDelays.actionRecall)}
            </p>
          )}
          {fidelity.leftOut === undefined || fidelity.leftOut.length === 0 ? null : (
            <p className="panel-body faint" data-testid="fidelity-left-out">
              {t('fidelity.leftOut', {
                reasons: minutesByReason(fidelity.leftOut)
                  .map(({ reason, minutes }) => `${fidelityLeftOut[reason][f.language]} (${f.duration(minutes * 60)})`)
                  .join('; '),
              })}
            </p>
          )}
          <dl className="figures">
            <Figure name={t('fidelity.equal')} value={f.percent(fidelity.equalDesiredShare, 1)} />
            <Figure name={t('fidelity.error')} value={f.value(fidelity.meanAbsoluteErrorInstances, 'instances')} />
            <Figure
              name={t('fidelity.actions')}
              value={`${f.percent(fidelity.actionPrecision)} / ${f.percent(fidelity.actionRecall)}`}
            />
            <Figure name={t('fidelity.timing')} value={f.duration(fidelity.medianTimingErrorSeconds)} />
            <Figure name={t('fidelity.backlog')} value={f.percent(fidelity.backlogNrmse, 1)} />
            <Figure name={t('fidelity.age')} value={f.percent(fidelity.ageNrmse, 1)} />
            <Figure name={t('fidelity.cost')} value={f.percent(fidelity.costErrorShare, 1)} />
          </dl>
        </>
      )}
      {(result.cautions ?? []).map((caution) => (
        <p className="panel-body tone-warn" key={caution} data-testid="caution">
          {phraseText(f.language, caution)}
        </p>
      ))}
      {holes.length === 0 ? null : (
        <p className="panel-body tone-warn">
          {t('fidelity.holes', {
            n: holes.length,
            spans: holes
              .slice(0, 3)
              .map(
                ({ fromMs, toMs, treatedAs }) =>
                  `${f.instant(fromMs)} – ${f.instant(toMs)} (${treatmentText(treatedAs, t)})`,
              )
              .join('; '),
          })}
        </p>
      )}
    </section>
  );
});

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

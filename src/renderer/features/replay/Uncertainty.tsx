/** How far the chosen run may be off: asked for by hand, since it is some hundred replays (docs/rules/uncertainty.md). */
import { bandFigureNames, bandsTitle } from '../../../core/messages/bands.ts';
import { fillTemplate } from '../../../core/messages/index.ts';
import { useWords } from '../../data/context.ts';
import { Failure } from '../../parts/Failure.tsx';
import type { Bands } from './useBands.ts';

export function Uncertainty({ of, label, messages }: { of: Bands; label: string; messages: boolean }) {
  const { t, f } = useWords();
  const { bands, progress, error } = of;
  const text = (value: number) => (Math.abs(value) < 100 ? String(Number(value.toFixed(2))) : f.whole(value));
  return (
    <section className="panel" data-testid="uncertainty">
      <div className="panel-head row-wrap">
        <h2>{t('bands.title')}</h2>
        <span className="faint cut">{label}</span>
        <span className="grow" />
        {progress === null ? (
          <button type="button" className="button button-small" data-testid="bands-ask" onClick={of.ask}>
            {t('bands.ask')}
          </button>
        ) : (
          <>
            <progress max={1} value={progress} aria-label={t('bands.title')} />
            <button type="button" className="button button-small" data-testid="bands-cancel" onClick={of.cancel}>
              {t('common.cancel')}
            </button>
          </>
        )}
      </div>
      {error === null ? null : <Failure error={error} />}
      {bands === null ? (
        <p className="panel-body soft">{t(messages ? 'bands.messages' : 'bands.says')}</p>
      ) : (
        <>
          <p className="panel-body faint">
            {fillTemplate(bandsTitle[f.language], { runs: bands.runs, seed: bands.seed })}
          </p>
          <dl className="figures">
            {bands.figures.map(({ figure, p5, p50, p95 }) => (
              <div className="figure" key={figure} data-testid={`band-${figure}`}>
                <dt>{bandFigureNames[figure][f.language]}</dt>
                <dd>
                  {text(p50)} <span className="faint">({`${text(p5)} – ${text(p95)}`})</span>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

/** What went wrong in each run, by name, with the minutes where it shows and a change to try (docs/rules/antipatterns.md). */
import { memo } from 'react';
import type { ReplayRun } from '../../../core/contract/shapes.ts';
import { antipatternText } from '../../../core/messages/antipatterns.ts';
import { useChartGroup } from '../../charts/group.tsx';
import { useWords } from '../../data/context.ts';

const mostStretches = 4;

export const Antipatterns = memo(function Antipatterns({ runs }: { runs: readonly ReplayRun[] }) {
  const { t, f } = useWords();
  const { crosshair } = useChartGroup();
  const judged = runs.flatMap(({ label, judgement }) => (judgement === undefined ? [] : [{ label, judgement }]));
  if (judged.length === 0) return null;
  return (
    <section className="panel" data-testid="antipatterns">
      <div className="panel-head">
        <h2>{t('antipatterns.title')}</h2>
        <span className="faint">{t('antipatterns.says')}</span>
      </div>
      {judged.map(({ label, judgement }) => (
        <div key={label} className="panel-body">
          <h3 className="cut">{label}</h3>
          {judgement.antipatterns.length === 0 ? <p className="soft">{t('antipatterns.none')}</p> : null}
          <ul className="antipatterns">
            {judgement.antipatterns.map((found) => {
              const text = antipatternText(f.language, found);
              const rest = found.stretches.length - mostStretches;
              return (
                <li key={found.antipattern} data-testid={`antipattern-${found.antipattern}`}>
                  <p>
                    <strong className="tone-warn">▲ {text.name}</strong>{' '}
                    <span className="faint">
                      {f.value(found.minutes, 'minutes')} · <span className="mono">{found.rule}</span>
                    </span>
                  </p>
                  <p>{text.shows}</p>
                  <p className="soft">→ {text.change}</p>
                  <p className="row row-wrap faint">
                    {found.stretches.slice(0, mostStretches).map(({ fromMs, toMs }) => (
                      <button
                        key={fromMs}
                        type="button"
                        className="link-button"
                        title={t('decisions.pin')}
                        onClick={() => crosshair.pinned.set(fromMs / 1000)}
                      >
                        {f.shortInstant(fromMs)} – {f.shortInstant(toMs)}
                      </button>
                    ))}
                    {rest > 0 ? <span>{t('antipatterns.more', { n: rest })}</span> : null}
                  </p>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </section>
  );
});

/** Nothing is connected yet: three doors (UX-85). */
import { useState } from 'react';
import type { ErrorValue } from '../../../core/errors.ts';
import { useModel, useWords } from '../../data/context.ts';
import { errorOf } from '../../data/model.ts';
import { useStore } from '../../data/store.ts';
import { Failure } from '../../parts/Failure.tsx';

export function FirstRun({ connect, openTrace }: { connect: () => void; openTrace: () => void }) {
  const model = useModel();
  const { t, f } = useWords();
  const demo = useStore(model.demo);
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<ErrorValue | null>(null);
  const preparing = starting || demo?.preparing === true;

  async function startDemo(): Promise<void> {
    setStarting(true);
    setError(null);
    try {
      await model.client.call('demo.start', {});
      await model.start();
    } catch (thrown) {
      setError(errorOf(thrown));
    } finally {
      setStarting(false);
    }
  }

  return (
    <section className="first-run" data-testid="first-run">
      <h1>{t('first.title')}</h1>
      <p className="soft">{t('first.says')}</p>
      <div className="doors">
        <article className="door panel">
          <h2>{t('first.demo.title')}</h2>
          <p className="soft">{t('first.demo.says')}</p>
          <button
            type="button"
            className="button button-primary"
            data-testid="door-demo"
            disabled={preparing}
            onClick={() => void startDemo()}
          >
            {t('first.demo.action')}
          </button>
          {preparing ? (
            <div role="status" className="door-status">
              <progress
                max={1}
                {...(demo?.preparing ? { value: demo.progress } : {})}
                aria-label={t('demo.preparing')}
              />
              <span className="soft">
                {t('demo.preparing')} {demo?.preparing ? f.percent(demo.progress) : ''}
              </span>
            </div>
          ) : null}
        </article>
        <article className="door panel">
          <h2>{t('first.connect.title')}</h2>
          <p className="soft">{t('first.connect.says')}</p>
          <button type="button" className="button" data-testid="door-connect" onClick={connect}>
            {t('first.connect.action')}
          </button>
        </article>
        <article className="door panel">
          <h2>{t('first.open.title')}</h2>
          <p className="soft">{t('first.open.says')}</p>
          <button type="button" className="button" data-testid="door-open" onClick={openTrace}>
            {t('first.open.action')}
          </button>
        </article>
      </div>
      {error === null ? null : <Failure error={error} />}
    </section>
  );
}

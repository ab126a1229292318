/**
 * The demo's mark on every screen: virtual clock, speed, and its removal in one action (UX-85).
 */
import { useState } from 'react';
import { useModel, useWords } from '../data/context.ts';
import { errorOf } from '../data/model.ts';
import { useStore } from '../data/store.ts';
import { errorText } from '../parts/errorText.ts';
import { Clock } from './ConnectionMenu.tsx';
import { goTo } from './useRoute.ts';

/** Virtual seconds per real second. */
const speeds = [0, 1, 10, 60, 300, 1200] as const;

export function DemoBar() {
  const model = useModel();
  const { t, f } = useWords();
  const demo = useStore(model.demo);
  const connections = useStore(model.connections);
  const [busy, setBusy] = useState(false);
  if (demo === null || (!demo.running && !demo.preparing)) return null;
  const connection = connections?.find(({ id }) => id === demo.connectionId);

  async function run(action: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    try {
      await action();
    } catch (thrown) {
      model.toast('bad', errorText(f.language, errorOf(thrown)));
    } finally {
      setBusy(false);
    }
  }

  return (
    <section className="demo-bar" data-testid="demo-bar" aria-label={t('demo.label')}>
      <strong className="demo-word">{t('demo.word')}</strong>
      <span className="demo-says">{t('demo.says')}</span>
      {demo.preparing ? (
        <span className="row" role="status">
          <progress max={1} value={demo.progress} aria-label={t('demo.preparing')} />
          {t('demo.preparing')} {f.percent(demo.progress)}
        </span>
      ) : null}
      <span className="grow" />
      {connection === undefined ? null : (
        <>
          <span className="faint">{t('demo.clock')}</span>
          <Clock connectionId={connection.id} />
          <label className="row">
            <span className="faint">{t('demo.speed')}</span>
            <select
              className="select"
              data-testid="demo-speed"
              value={String(connection.speed)}
              disabled={demo.preparing}
              onChange={(event) => {
                const speed = Number(event.target.value);
                void run(() => model.client.call('demo.setSpeed', { speed }));
              }}
            >
              {[...new Set([...speeds, connection.speed])]
                .sort((a, b) => a - b)
                .map((speed) => (
                  <option key={speed} value={String(speed)}>
                    {speed === 0 ? t('demo.held') : t('demo.times', { n: speed })}
                  </option>
                ))}
            </select>
          </label>
        </>
      )}
      <button
        type="button"
        className="button button-small"
        data-testid="demo-remove"
        disabled={busy}
        onClick={() =>
          void run(async () => {
            await model.client.call('demo.remove', {});
            goTo({ screen: 'overview' });
            await model.start();
            model.toast('good', t('demo.removed'));
          })
        }
      >
        {t('demo.remove')}
      </button>
    </section>
  );
}

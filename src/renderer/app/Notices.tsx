/**
 * States of the app that need a sentence and stay until they are over: the line to the engine, a database that was set
 * aside, a connection in error. Not here: results of actions (app/Toasts.tsx).
 */
import { useState } from 'react';
import { useModel, useWords } from '../data/context.ts';
import { useStore } from '../data/store.ts';
import { errorText } from '../parts/errorText.ts';

export function Notices() {
  const model = useModel();
  const { t, f } = useWords();
  const engine = useStore(model.engine);
  const session = useStore(model.session);
  const connections = useStore(model.connections);
  const scope = useStore(model.scope);
  const [setAsideSeen, setSetAsideSeen] = useState(false);
  const setAside = session?.storage.setAside ?? null;
  const failing = (connections ?? []).filter(
    ({ id, kind, error }) => error !== null && (scope === id || (scope === 'all' && kind !== 'demo')),
  );
  return (
    <div className="notices" data-testid="notices">
      {engine === 'ready' ? null : (
        <div className="notice notice-warn" role="alert">
          <span aria-hidden="true">!</span>
          <span>{t(`engine.${engine}`)}</span>
        </div>
      )}
      {setAside === null || setAsideSeen ? null : (
        <div className="notice notice-warn" role="alert">
          <span aria-hidden="true">!</span>
          <span className="grow">{t('storage.setAside', { file: setAside })}</span>
          <button type="button" className="button button-small" onClick={() => setSetAsideSeen(true)}>
            {t('common.understood')}
          </button>
        </div>
      )}
      {failing.map((connection) => (
        <div key={connection.id} className="notice notice-bad" role="alert">
          <span aria-hidden="true">✕</span>
          <span>
            <strong>{connection.name}</strong>: {errorText(f.language, connection.error!)}
          </span>
        </div>
      ))}
    </div>
  );
}

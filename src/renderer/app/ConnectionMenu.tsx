/**
 * The connection switcher: one visible state word, the connection's clock, and per connection what polling costs.
 *
 * Region, profile and account change together with the connection (UX-50, UX-43).
 */
import { Menu } from '@mantine/core';
import type { ConnectionStatus } from '../../core/contract/shapes.ts';
import { useModel, useWords } from '../data/context.ts';
import { errorOf } from '../data/model.ts';
import { useStore } from '../data/store.ts';
import { errorText } from '../parts/errorText.ts';
import { Mark } from '../parts/Mark.tsx';
import { inScope, stateLooks, stateWord } from './connectionState.ts';

export function ConnectionMenu({ openConnect }: { openConnect: () => void }) {
  const model = useModel();
  const { t, f } = useWords();
  const connections = useStore(model.connections) ?? [];
  const scope = useStore(model.scope);
  const engine = useStore(model.engine);
  const paused = useStore(model.paused);
  const real = connections.filter(({ kind }) => kind !== 'demo');
  const shown = inScope(connections, scope);
  const word = stateWord(shown, engine, paused);
  const name = shown.length > 1 ? t('connections.all', { n: shown.length }) : shown[0]?.name;

  return (
    <Menu position="bottom-end" width={340} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className="button connection-button" data-testid="connection-menu" data-state={word}>
          <Mark {...stateLooks[word]} word={t(`state.${word}`)} />
          {name === undefined ? null : <span className="cut connection-name">{name}</span>}
          {shown.length > 0 ? <Clock connectionId={shown[0]!.id} /> : null}
          <span aria-hidden="true">▾</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {real.length > 1 ? (
          <Menu.Item onClick={() => model.scope.set('all')} leftSection={scope === 'all' ? '✓' : ' '}>
            {t('connections.all', { n: real.length })}
          </Menu.Item>
        ) : null}
        {connections.map((connection) => (
          <Menu.Item
            key={connection.id}
            onClick={() => model.scope.set(connection.id)}
            leftSection={scope === connection.id ? '✓' : ' '}
          >
            <ConnectionLine connection={connection} />
          </Menu.Item>
        ))}
        {connections.length > 0 ? <Menu.Divider /> : null}
        {shown.map((connection) => (
          <Menu.Item key={connection.id} onClick={() => void setPaused(connection)}>
            {t(connection.state === 'paused' ? 'connections.resume' : 'connections.pause', { name: connection.name })}
          </Menu.Item>
        ))}
        {shown.length === 1 && shown[0]!.kind !== 'demo' ? (
          <Menu.Item onClick={() => void remove(shown[0]!)}>
            {t('connections.remove', { name: shown[0]!.name })}
          </Menu.Item>
        ) : null}
        <Menu.Item onClick={openConnect}>{t('connections.add')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );

  async function setPaused({ id, state, name }: ConnectionStatus): Promise<void> {
    const pausing = state !== 'paused';
    try {
      await model.client.call('connections.setPaused', { connectionId: id, paused: pausing });
      model.toast('good', t(pausing ? 'connections.paused' : 'connections.resumed', { name }));
    } catch (thrown) {
      model.toast('bad', errorText(f.language, errorOf(thrown)));
    }
  }

  async function remove({ id, name }: ConnectionStatus): Promise<void> {
    try {
      await model.client.call('connections.remove', { connectionId: id });
      model.toast('good', t('connections.removed', { name }));
      await model.start();
    } catch (thrown) {
      model.toast('bad', errorText(f.language, errorOf(thrown)));
    }
  }
}

function ConnectionLine({ connection }: { connection: ConnectionStatus }) {
  const { t, f } = useWords();
  const calls = Object.values(connection.callsPerMinute).reduce((sum, n) => sum + n, 0);
  return (
    <div className="connection-line">
      <div className="row">
        <strong className="grow cut">{connection.name}</strong>
        <Mark {...stateLooks[connection.state]} word={t(`state.${connection.state}`)} />
      </div>
      <div className="faint cut">
        {[connection.region, connection.profile, connection.accountId, connection.endpoint].filter(Boolean).join(' · ')}
      </div>
      <div className="faint">
        {t('connections.cost', {
          calls: f.compact(calls < 10 ? Math.round(calls * 10) / 10 : Math.round(calls)),
          cost: f.value(connection.estimatedCostPerDayUsd, 'usd'),
          seconds: connection.pollIntervalSeconds,
        })}
      </div>
    </div>
  );
}

/** A leaf of its own: it moves every second. */
export function Clock({ connectionId }: { connectionId: string }) {
  const model = useModel();
  const { f } = useWords();
  useStore(model.second);
  useStore(model.connections);
  return (
    <time className="clock" data-testid="clock">
      {f.clock(Math.floor(model.drawnNowMs(connectionId) / 1000) * 1000)}
    </time>
  );
}

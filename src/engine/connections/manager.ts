/**
 * All connections: which there are, adding and removing them, and their runtimes.
 *
 * What is stored of a connection never holds a secret. Static keys live in this process only: after a restart such a
 * connection says CREDENTIALS_MISSING until it is added again, with the same name, and its keys.
 */
import type { AwsConnection } from '../../aws/interface.ts';
import type { Output } from '../../core/contract/methods.ts';
import type { ConnectionInput, ConnectionStatus, Credentials } from '../../core/contract/shapes.ts';
import { type ErrorValue, SpillwayError, toErrorValue } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import type { Connection, ConnectionKind } from '../../core/model/resources.ts';
import type { Store } from '../../storage/interface.ts';
import type { Databases } from '../databases.ts';
import type { EngineOptions } from '../options.ts';
import type { Prices } from '../prices.ts';
import type { Pushes } from '../pushes.ts';
import type { PollResult } from '../recorder/recorder.ts';
import { type ConnectionRuntime, createRuntime } from './runtime.ts';

const discoverEverySeconds = 600;

export interface AddOptions {
  readonly kind?: ConnectionKind;
  /** Given ids are for the demo; others are counted up. */
  readonly id?: string;
  /** False: polled only when somebody asks (unattended recording, a demo in preparation). */
  readonly start?: boolean;
  readonly discoverEverySeconds?: number;
}

export interface Connections {
  list(): ConnectionStatus[];
  get(connectionId: string): ConnectionRuntime;
  find(connectionId: string): ConnectionRuntime | undefined;
  test(input: ConnectionInput): Promise<Output<'connections.test'>>;
  add(input: ConnectionInput, options?: AddOptions): Promise<ConnectionRuntime>;
  /**
   * A connection for what came from a file. @param store writes its resources and points; when it throws, nothing of the
   * connection remains
   */
  addTrace(name: string, store: (connection: Connection, into: Store) => void): Promise<Connection>;
  remove(connectionId: string): Promise<void>;
  /** Stops a connection without touching what is stored. */
  drop(connectionId: string): Promise<void>;
  /** Takes up every stored connection: at the start. @param start false: without polling it */
  restore(start: boolean): void;
  close(): Promise<void>;
}

export interface ManagerOptions {
  readonly databases: Databases;
  readonly options: EngineOptions;
  readonly prices: Prices;
  readonly pushes: Pushes;
  readonly connectAws: NonNullable<EngineOptions['connectAws']>;
  readonly onRecorded: (connectionId: string, result: PollResult) => void;
}

export function createConnections(manager: ManagerOptions): Connections {
  const { databases, options, prices, pushes, connectAws } = manager;
  const runtimes = new Map<string, ConnectionRuntime>();

  const list = (): ConnectionStatus[] => [...runtimes.values()].map((runtime) => runtime.status());
  const pushStatus = (): void => pushes.send('connections', list());

  function runtimeOf(
    connection: Connection,
    aws: AwsConnection | null,
    missing: ErrorValue | null,
    add: AddOptions,
  ): ConnectionRuntime {
    const runtime = createRuntime({
      connection,
      store: databases.of(connection.id),
      aws,
      missing,
      hostTime: options.hostTime,
      prices,
      discoverEverySeconds: add.discoverEverySeconds ?? discoverEverySeconds,
      onStatus: pushStatus,
      onRecorded: (result) => manager.onRecorded(connection.id, result),
    });
    runtimes.set(connection.id, runtime);
    return runtime;
  }

  const connect = (connection: Connection, credentials: Credentials): AwsConnection =>
    connectAws({ connection, credentials, clock: { nowMs: () => options.hostTime.nowMs() } });

  function nextId(): string {
    const number = Number(databases.main.setting('connections.next') ?? '1');
    databases.main.setSetting('connections.next', String(number + 1));
    return `c${number}`;
  }

  /** Adding what is there already gives it its keys again. */
  function sameAs(input: ConnectionInput, kind: ConnectionKind): Connection | undefined {
    return databases.main
      .connections()
      .find(
        (known) =>
          known.name === input.name &&
          known.kind === kind &&
          known.region === input.region &&
          known.endpoint === input.endpoint,
      );
  }

  /** Stands still at its last minute: there is nothing to poll. */
  function takeTrace(connection: Connection): void {
    runtimeOf(connection, null, null, {}).setPaused(true);
  }

  async function drop(connectionId: string): Promise<void> {
    const runtime = runtimes.get(connectionId);
    runtimes.delete(connectionId);
    await runtime?.stop();
  }

  function get(connectionId: string): ConnectionRuntime {
    const runtime = runtimes.get(connectionId);
    if (runtime === undefined)
      throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'connection' }]), id: connectionId });
    return runtime;
  }

  return {
    list,
    get,
    find: (connectionId) => runtimes.get(connectionId),
    drop,

    async test(input) {
      const aws = connect(connectionOf('test', input, input.kind), input.credentials);
      const abort = new AbortController();
      try {
        return await aws.test(abort.signal);
      } finally {
        aws.close();
      }
    },

    async add(input, add = {}) {
      const kind = add.kind ?? input.kind;
      const known = kind === 'demo' ? undefined : sameAs(input, kind);
      const connection = connectionOf(add.id ?? known?.id ?? nextId(), input, kind);
      // Made before anything is stored: credentials that cannot be read refuse the connection.
      const aws = connect(connection, input.credentials);
      await drop(connection.id);
      databases.of(connection.id).saveConnection(connection);
      rememberCredentialKind(databases.of(connection.id), connection.id, input.credentials.kind);
      const runtime = runtimeOf(connection, aws, null, add);
      if (add.start !== false) runtime.start();
      pushStatus();
      return runtime;
    },

    async addTrace(name, store) {
      const connection: Connection = {
        id: nextId(),
        name,
        kind: 'trace',
        region: 'local',
        endpoint: null,
        profile: null,
        pollIntervalSeconds: 60,
      };
      databases.main.saveConnection(connection);
      try {
        store(connection, databases.main);
      } catch (thrown) {
        databases.main.removeConnection(connection.id);
        throw thrown;
      }
      takeTrace(connection);
      return connection;
    },

    async remove(connectionId) {
      get(connectionId);
      await drop(connectionId);
      databases.main.removeConnection(connectionId);
      pushStatus();
    },

    restore(start) {
      for (const connection of databases.main.connections()) {
        if (connection.kind === 'trace') {
          // Killed between the connection and its points: nothing of it was acknowledged.
          if (databases.main.cursor(connection.id, 'polled') === undefined)
            databases.main.removeConnection(connection.id);
          else takeTrace(connection);
          continue;
        }
        const kind = databases.main.setting(credentialKindOf(connection.id)) ?? 'default';
        let aws: AwsConnection | null = null;
        let missing: ErrorValue | null = null;
        try {
          aws = connect(connection, storedCredentials(connection, kind));
        } catch (thrown) {
          missing = toErrorValue(thrown);
        }
        const runtime = runtimeOf(connection, aws, missing, {});
        if (databases.main.setting(pausedOf(connection.id)) === 'true') runtime.setPaused(true);
        if (start) runtime.start();
      }
    },

    async close() {
      await Promise.all([...runtimes.keys()].map(drop));
    },
  };
}

const credentialKindOf = (connectionId: string): string => `credentials:${connectionId}`;
export const pausedOf = (connectionId: string): string => `paused:${connectionId}`;

function rememberCredentialKind(store: Store, connectionId: string, kind: Credentials['kind']): void {
  store.setSetting(credentialKindOf(connectionId), kind);
}

/** @throws SpillwayError CREDENTIALS_MISSING for static keys: they were in the memory of a process that ended */
function storedCredentials(connection: Connection, kind: string): Credentials {
  if (kind === 'static') {
    throw new SpillwayError('CREDENTIALS_MISSING', {
      connection: connection.name,
      detail: phrases([{ term: 'keys-not-kept' }]),
    });
  }
  return connection.profile === null ? { kind: 'default' } : { kind: 'profile', profile: connection.profile };
}

function connectionOf(id: string, input: ConnectionInput, kind: ConnectionKind): Connection {
  return {
    id,
    name: input.name,
    kind,
    region: input.region,
    endpoint: input.endpoint,
    profile: input.credentials.kind === 'profile' ? input.credentials.profile : null,
    pollIntervalSeconds: input.pollIntervalSeconds,
  };
}

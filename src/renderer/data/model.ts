/**
 * The page's state outside React: session, connections and their clocks, the demo, the time range, what to ask again.
 *
 * One per page, made from a client. Components read its stores; nothing here knows about the DOM. What a screen shows
 * is asked for by data/useQuery.ts whenever `refresh` moves.
 */
import { CallError, type Client } from '../../core/contract/client.ts';
import type {
  ConnectionStatus,
  DemoStatus,
  Preferences,
  ReplayRequest,
  Session,
  TimeRange,
} from '../../core/contract/shapes.ts';
import { type ErrorValue, toErrorValue } from '../../core/errors.ts';
import {
  pushRange,
  type RangeHistory,
  type RangeSpec,
  resolveRange,
  startHistory,
  walkHistory,
} from '../time/range.ts';
import { createStore, type Store } from './store.ts';
import { type ThrottleHost, throttle } from './throttle.ts';

export type EngineState = 'ready' | 'reconnecting' | 'restarting' | 'failed';

export interface Toast {
  readonly id: number;
  readonly tone: 'good' | 'bad';
  readonly text: string;
}

/** Which rows, events and clock are meant: one connection, or all but the demo (UX-85: never mixed). */
export type Scope = 'all' | string;

export interface Model {
  readonly client: Client;
  readonly session: Store<Session | null>;
  readonly startError: Store<ErrorValue | null>;
  readonly connections: Store<readonly ConnectionStatus[] | null>;
  readonly demo: Store<DemoStatus | null>;
  readonly engine: Store<EngineState>;
  readonly scope: Store<Scope>;
  /** The connection of the resource on screen; its clock counts then. */
  readonly focus: Store<string | null>;
  /** Moves when what is on screen should be asked for again. */
  readonly refresh: Store<number>;
  /** UX-15: the page stands still, recording goes on. */
  readonly paused: Store<boolean>;
  /** Moves once a second, for clocks and ages on screen. */
  readonly second: Store<number>;
  readonly range: Store<RangeHistory>;
  readonly toasts: Store<readonly Toast[]>;
  /** For inclusion in an export. */
  readonly lastReplay: Store<ReplayRequest | null>;
  /** An instant picked on a chart, to be written down as a note. */
  readonly noteDraft: Store<{
    readonly atMs: number;
    readonly text: string;
    readonly resourceId: string | null;
  } | null>;
  /** The connection's own now, virtual in the demo; of the scope when no connection is named. Epoch ms. */
  nowMs(connectionId?: string | null): number;
  /** `nowMs`, standing still while the page is paused. */
  drawnNowMs(connectionId?: string | null): number;
  currentRange(connectionId?: string | null): TimeRange;
  setRange(spec: RangeSpec): void;
  walkRange(step: -1 | 1): void;
  setPreferences(change: Partial<Preferences>): Promise<void>;
  setPaused(paused: boolean): void;
  toast(tone: Toast['tone'], text: string): void;
  dismissToast(id: number): void;
  reload(): void;
  /** Asks for session, connections and demo; called once at start and after a line that was lost. */
  start(): Promise<void>;
}

export const defaultRange: RangeSpec = { kind: 'sliding', lengthMs: 3 * 3_600_000 };
const toastMs = 6_000;
const toastLimit = 4;

export function errorOf(thrown: unknown): ErrorValue {
  return thrown instanceof CallError ? thrown.error : toErrorValue(thrown);
}

export function createModel(client: Client, host: ThrottleHost): Model {
  const session = createStore<Session | null>(null);
  const startError = createStore<ErrorValue | null>(null);
  const connections = createStore<readonly ConnectionStatus[] | null>(null);
  const demo = createStore<DemoStatus | null>(null);
  const engine = createStore<EngineState>('ready');
  const scope = createStore<Scope>('all');
  const focus = createStore<string | null>(null);
  const refresh = createStore(0);
  const paused = createStore(false);
  const second = createStore(0);
  const range = createStore(startHistory(defaultRange));
  const toasts = createStore<readonly Toast[]>([]);
  let connectionsAtMs = host.nowMs();
  let pausedAtMs: number | null = null;
  let toastId = 0;

  const askAgain = throttle(host, 1_000, () => {
    if (!paused.get()) refresh.set(refresh.get() + 1);
  });

  function takeConnections(next: readonly ConnectionStatus[]): void {
    connectionsAtMs = host.nowMs();
    connections.set(next);
    if (scope.get() !== 'all' && next.some(({ id }) => id === scope.get())) return;
    // A page that has only the demo shows the demo; else everything that is not the demo.
    const real = next.filter(({ kind }) => kind !== 'demo');
    scope.set(real.length === 0 && next[0] !== undefined ? next[0].id : 'all');
  }

  function takeDemo(next: DemoStatus): void {
    const before = demo.get();
    demo.set(next);
    if (next.running && next.connectionId !== null && before?.connectionId !== next.connectionId) {
      scope.set(next.connectionId);
    }
    if (before !== null && before.running !== next.running) askAgain();
  }

  function clockOf(connectionId: string | null | undefined): ConnectionStatus | undefined {
    const all = connections.get() ?? [];
    const wanted = connectionId ?? focus.get() ?? (scope.get() === 'all' ? null : scope.get());
    return all.find(({ id }) => id === wanted) ?? all.find(({ kind }) => kind !== 'demo') ?? all[0];
  }

  client.on('connections', takeConnections);
  client.on('demo', takeDemo);
  client.on('recorded', askAgain);
  client.onGap((topic) => {
    if (topic === 'recorded') askAgain();
    else void model.start();
  });

  const model: Model = {
    client,
    session,
    startError,
    connections,
    demo,
    engine,
    scope,
    focus,
    refresh,
    paused,
    second,
    range,
    toasts,
    lastReplay: createStore<ReplayRequest | null>(null),
    noteDraft: createStore<ReturnType<Model['noteDraft']['get']>>(null),

    nowMs(connectionId) {
      const connection = clockOf(connectionId);
      if (connection === undefined) return host.nowMs();
      return connection.nowMs + (host.nowMs() - connectionsAtMs) * connection.speed;
    },
    drawnNowMs: (connectionId) => (paused.get() && pausedAtMs !== null ? pausedAtMs : model.nowMs(connectionId)),
    currentRange(connectionId) {
      const { entries, index } = range.get();
      return resolveRange(entries[index]!, model.drawnNowMs(connectionId));
    },
    setRange: (spec) => range.set(pushRange(range.get(), spec)),
    walkRange: (step) => range.set(walkHistory(range.get(), step)),

    async setPreferences(change) {
      const before = session.get();
      if (before === null) return;
      const preferences = { ...before.preferences, ...change };
      // Shown at once; what the engine answers is what stands.
      session.set({ ...before, preferences });
      try {
        session.set(await client.call('session.setPreferences', preferences));
      } catch {
        // The choice holds for this page even when it could not be stored.
      }
    },
    setPaused(next) {
      pausedAtMs = next ? model.nowMs() : null;
      paused.set(next);
      if (!next) askAgain();
    },

    toast(tone, text) {
      const id = ++toastId;
      toasts.set([...toasts.get(), { id, tone, text }].slice(-toastLimit));
      host.setTimer(toastMs, () => model.dismissToast(id));
    },
    dismissToast: (id) => toasts.set(toasts.get().filter((toast) => toast.id !== id)),

    reload: askAgain,
    async start() {
      try {
        const [nextSession, nextConnections, nextDemo] = await Promise.all([
          client.call('session.get', {}),
          client.call('connections.list', {}),
          client.call('demo.status', {}),
        ]);
        session.set(nextSession);
        takeDemo(nextDemo);
        takeConnections(nextConnections);
        startError.set(null);
      } catch (thrown) {
        startError.set(errorOf(thrown));
      }
      askAgain();
    },
  };
  return model;
}

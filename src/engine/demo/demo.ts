/**
 * The demo: a bundled emulator, recorded through the wire like any account, in a database file of its own (UX-85).
 *
 * Starting answers at once and prepares in the background: the emulator's clock runs ahead to where the flash crowd is in
 * full swing, what happened until then is backfilled through the SDK, then the clock goes on at the wanted speed.
 * Not here: starting a process (the host does), what the scenario holds (resources/scenarios).
 */
import type { EmulatorHandle, EngineHost } from '../../core/contract/engine.ts';
import type { DemoStatus } from '../../core/contract/shapes.ts';
import { SpillwayError, toErrorValue } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import type { Connections } from '../connections/manager.ts';
import type { ConnectionRuntime } from '../connections/runtime.ts';
import { type Databases, demoConnectionId } from '../databases.ts';
import type { Pushes } from '../pushes.ts';
import { relationsOf } from '../queries/relations.ts';
import { advanceInSteps, mainResources } from './steps.ts';

const scenario = 'flash-crowd';
/** How far the clock runs ahead: from 00:00 to 07:30, the middle of the crowd. */
const historyMs = 7.5 * 3_600_000;
const stepMs = 15 * 60_000;
/** Running ahead is most of the work, the backfill the rest. */
const shareOfAdvancing = 0.85;

export interface Demo {
  status(): DemoStatus;
  start(speed: number): Promise<DemoStatus>;
  setSpeed(speed: number): Promise<DemoStatus>;
  remove(): Promise<DemoStatus>;
  close(): Promise<void>;
}

export interface DemoOptions {
  readonly host: EngineHost;
  readonly databases: Databases;
  readonly connections: Connections;
  readonly pushes: Pushes;
}

interface Running {
  readonly emulator: EmulatorHandle;
  readonly runtime: ConnectionRuntime;
  readonly abort: AbortController;
  preparation: Promise<void>;
}

export function createDemo({ host, databases, connections, pushes }: DemoOptions): Demo {
  let running: Running | null = null;
  let starting: Promise<DemoStatus> | null = null;
  let preparing = false;
  let progress = 0;
  let wantedSpeed = 0;

  function status(): DemoStatus {
    const none = { queueResourceId: null, streamResourceId: null };
    const store = databases.of(demoConnectionId);
    const resources = running === null ? [] : store.resources(demoConnectionId);
    const main =
      resources.length === 0 ? none : mainResources(resources, relationsOf(resources, store.alarms(demoConnectionId)));
    return {
      running: running !== null,
      connectionId: running === null ? null : demoConnectionId,
      ...main,
      preparing,
      progress,
    };
  }

  function tell(): DemoStatus {
    const now = status();
    pushes.send('demo', now);
    return now;
  }

  async function begin(): Promise<DemoStatus> {
    preparing = true;
    progress = 0;
    tell();
    let emulator: EmulatorHandle | null = null;
    try {
      emulator = await host.startEmulator(scenario);
      databases.openDemo();
      const runtime = await connections.add(
        {
          name: 'Demo',
          kind: 'emulator',
          region: 'us-east-1',
          endpoint: emulator.endpoint,
          // The emulator takes any keys; these say whose calls they are.
          credentials: { kind: 'static', accessKeyId: 'SPILLWAYDEMO', secretAccessKey: 'demo' },
          pollIntervalSeconds: 60,
        },
        { kind: 'demo', id: demoConnectionId, start: false },
      );
      const abort = new AbortController();
      running = { emulator, runtime, abort, preparation: Promise.resolve() };
      running.preparation = prepare(runtime, abort.signal);
      return tell();
    } catch (thrown) {
      preparing = false;
      await connections.drop(demoConnectionId);
      databases.removeDemo();
      await emulator?.stop();
      tell();
      throw thrown;
    }
  }

  async function prepare(runtime: ConnectionRuntime, signal: AbortSignal): Promise<void> {
    try {
      const aws = runtime.aws!;
      const start = await aws.setSpeed(0, signal);
      const untilMs = start.nowMs + historyMs;
      let discovered = false;
      await advanceInSteps(aws, { fromMs: start.nowMs, untilMs, stepMs }, signal, async (nowMs) => {
        runtime.noteClock({ nowMs, speed: 0 });
        // Early, so that the screens know what there is while the clock still runs ahead.
        if (!discovered) await runtime.recorder!.discover(signal);
        discovered = true;
        progress = shareOfAdvancing * (1 - (untilMs - nowMs) / historyMs);
        tell();
      });
      if (signal.aborted) return;
      await runtime.pollOnce();
      runtime.noteClock(await aws.setSpeed(wantedSpeed, signal));
      runtime.start();
    } catch (thrown) {
      if (!signal.aborted) runtime.fail(toErrorValue(thrown));
    } finally {
      if (!signal.aborted) {
        preparing = false;
        progress = 1;
        tell();
      }
    }
  }

  async function stop(): Promise<void> {
    const was = running;
    running = null;
    preparing = false;
    progress = 0;
    if (was === null) return;
    was.abort.abort();
    await connections.drop(demoConnectionId);
    await was.preparation;
    await was.emulator.stop();
    databases.removeDemo();
  }

  async function setSpeed(speed: number): Promise<DemoStatus> {
    if (running === null)
      throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'demo' }]), id: demoConnectionId });
    wantedSpeed = speed;
    // While it is prepared the clock is held; the wish is honoured at the end.
    if (preparing) return status();
    const { runtime, abort } = running;
    runtime.noteClock(await runtime.aws!.setSpeed(speed, abort.signal));
    runtime.wake();
    return tell();
  }

  return {
    status,

    async start(speed) {
      wantedSpeed = speed;
      if (running !== null && !preparing) return setSpeed(speed);
      if (running !== null) return status();
      starting ??= begin().finally(() => {
        starting = null;
      });
      return starting;
    },

    setSpeed,

    async remove() {
      await starting?.catch(() => {});
      await stop();
      pushes.send('connections', connections.list());
      return tell();
    },

    async close() {
      await starting?.catch(() => {});
      await stop();
    },
  };
}

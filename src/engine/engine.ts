/**
 * The engine put together: one handler per method of the contract, pushes out, and an orderly end.
 *
 * Wiring only; each handler asks one module. Not here: any rule.
 */

import { createAwsConnection } from '../aws/index.ts';
import { createDispatch, type EngineHandlers } from '../core/contract/dispatch.ts';
import type { ReplayBands, ResourceRow } from '../core/contract/shapes.ts';
import { SpillwayError } from '../core/errors.ts';
import { phrases } from '../core/messages/terms.ts';
import { expectedEverySeconds } from '../core/model/cadence.ts';
import type { Resource } from '../core/model/resources.ts';
import { openStore } from '../storage/index.ts';
import { createConnections, pausedOf } from './connections/manager.ts';
import { type Databases, openDatabases } from './databases.ts';
import { createDemo } from './demo/demo.ts';
import { recordUnattended } from './demo/recordUnattended.ts';
import type { Engine } from './demo/unattended.ts';
import { createJobs } from './jobs.ts';
import type { EngineOptions } from './options.ts';
import { loadPrices } from './prices.ts';
import { createPushes } from './pushes.ts';
import { addNote, listEvents, removeNote, rowOfEvent } from './queries/events.ts';
import { heatmapOf } from './queries/heatmap.ts';
import { type ConnectionView, overviewOf, type RowContext, rowOf } from './queries/overview.ts';
import { type Relations, relationsOf } from './queries/relations.ts';
import { resourceDetailOf } from './queries/resourceDetail.ts';
import { seriesFor } from './queries/series.ts';
import { savePreferences, sessionOf } from './queries/session.ts';
import { bandsSteps } from './replay/bands.ts';
import { calibrationFor, replayDefaultsOf } from './replay/defaults.ts';
import { createReplayMemory } from './replay/memory.ts';
import { replayRunSteps } from './replay/run.ts';
import { streamReplaySteps } from './replay/stream.ts';
import { rowCount, slowCallMs } from './slowCalls.ts';
import { exportTimeline } from './timelineExport.ts';
import { createTraceImports } from './traces/imports.ts';
import { sampleTraces } from './traces/samples.ts';

/** Resources that never had a row: a group is seen on the queue it consumes. */
const hasRow = ({ kind }: Resource): boolean => kind !== 'auto-scaling-group';

/**
 * @throws SpillwayError DATABASE_* when the database cannot be used, FILE_* when prices.json is wrong. A damaged database
 *   does not throw: it is set aside, and `session.get` says so.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { hostTime } = options;
  const log = options.log ?? (() => {});
  const prices = loadPrices(options.resourcesDir);
  const databases = openDatabases(options.file, (file) => openStore(file, { nowMs: hostTime.nowMs() }));
  const { main } = databases;
  const pushes = createPushes((thrown) => log({ level: 'error', text: `listener: ${String(thrown)}` }));
  const memory = createReplayMemory();
  const connections = createConnections({
    databases,
    options,
    prices,
    pushes,
    connectAws: options.connectAws ?? createAwsConnection,
    onRecorded(connectionId, { throughMs, newEvents }) {
      memory.forget();
      sealOldDays(databases, connectionId, throughMs);
      pushes.send('recorded', { connectionId, throughMs, newEvents });
    },
  });
  const jobs = createJobs(hostTime, pushes);
  const traces = createTraceImports({ connections, resourcesDir: options.resourcesDir });
  const demo = createDemo({ host: options.host, databases, connections, pushes });

  const relations = (): Relations => relationsOf(databases.resources(), databases.alarms());

  const resourceAt = (id: string): Resource => {
    const resource = databases.resource(id);
    if (resource === undefined) throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'resource' }]), id });
    return resource;
  };

  /** A connection that was recorded but does not run (another host's database) stands at its last recorded instant. */
  function viewOf(connectionId: string): ConnectionView {
    const runtime = connections.find(connectionId);
    const stored = databases
      .of(connectionId)
      .connections()
      .find(({ id }) => id === connectionId);
    return {
      nowMs: runtime?.nowMs() ?? hostTime.nowMs(),
      region: stored?.region ?? '',
      expectedEverySeconds: expectedEverySeconds(stored?.pollIntervalSeconds ?? 60, runtime?.status().speed ?? 1),
      reading: (resourceId) => runtime?.recorder?.readings.get(resourceId),
    };
  }

  /** With one connection only, its clock is the time: an emulator's may be months away from this machine's. */
  function nowOfAll(): number {
    const [only, ...others] = connections.list();
    return only !== undefined && others.length === 0 ? only.nowMs : hostTime.nowMs();
  }

  function rowContexts(all: Relations): (connectionId: string) => RowContext {
    const contexts = new Map<string, RowContext>();
    return (connectionId) => {
      const context = contexts.get(connectionId) ?? {
        store: databases.of(connectionId),
        relations: all,
        view: viewOf(connectionId),
      };
      contexts.set(connectionId, context);
      return context;
    };
  }

  function rows(resources: readonly Resource[], all: Relations): ResourceRow[] {
    const contextOf = rowContexts(all);
    return resources.filter(hasRow).map((resource) => rowOf(resource, contextOf(resource.connectionId)));
  }

  const handlers: EngineHandlers = {
    'session.get': () => sessionOf(main, options),
    'session.setPreferences'(preferences) {
      savePreferences(main, preferences);
      return sessionOf(main, options);
    },

    'connections.list': () => connections.list(),
    'connections.test': (input) => connections.test(input),
    'connections.add': async (input) => (await connections.add(input)).status(),
    async 'connections.remove'({ connectionId }) {
      memory.forget();
      if (connectionId === demo.status().connectionId) await demo.remove();
      else await connections.remove(connectionId);
      return {};
    },
    'connections.setPaused'({ connectionId, paused }) {
      const runtime = connections.get(connectionId);
      databases.of(connectionId).setSetting(pausedOf(connectionId), String(paused));
      runtime.setPaused(paused);
      return runtime.status();
    },

    'overview.get'() {
      const resources = databases.resources();
      const gone = (resource: Resource): boolean =>
        connections.find(resource.connectionId)?.isGone(resource.id) ?? false;
      const shown = resources.filter((resource) => !gone(resource));
      return overviewOf(nowOfAll(), rows(shown, relationsOf(shown, databases.alarms())));
    },
    'resource.get'({ resourceId }) {
      const resource = resourceAt(resourceId);
      const all = relations();
      const [row] = rows([resource], all);
      if (row === undefined)
        throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'queue-or-stream' }]), id: resourceId });
      return resourceDetailOf(resource, row, all, databases.of(resource.connectionId));
    },
    'series.get'({ series, range, maxPoints }) {
      const all = relations();
      return series.map((request) => {
        const store = databases.of(resourceAt(request.resourceId).connectionId);
        return seriesFor({ store, relations: all }, request, range, maxPoints);
      });
    },
    'shards.heatmap'({ resourceId, range, measure, maxBuckets }) {
      const stream = resourceAt(resourceId);
      return heatmapOf(databases.of(stream.connectionId), stream, range, measure, maxBuckets);
    },

    'events.list': ({ range, resourceIds, limit }) =>
      listEvents(databases, relations(), range, resourceIds, limit).map(rowOfEvent),
    'events.addNote': (note) => rowOfEvent(addNote(databases, note, options.hostKind)),
    'events.removeNote'({ id }) {
      removeNote(databases, id);
      return {};
    },

    'replay.defaults'({ resourceId, range }) {
      const queue = resourceAt(resourceId);
      const source = { store: databases.of(queue.connectionId), relations: relations() };
      return replayDefaultsOf(source, queue, range, prices);
    },
    'replay.calibrate'({ resourceId, ...request }) {
      const queue = resourceAt(resourceId);
      return calibrationFor({ store: databases.of(queue.connectionId), relations: relations() }, queue, request);
    },
    'replay.run'(request, { signal }) {
      const queue = resourceAt(request.resourceId);
      const source = { store: databases.of(queue.connectionId), relations: relations() };
      return jobs.run(replayRunSteps(source, queue, request, memory), signal, request.jobId);
    },
    'replay.bands'(request, { signal }) {
      const queue = resourceAt(request.resourceId);
      const source = { store: databases.of(queue.connectionId), relations: relations() };
      return jobs.run(bandsSteps(source, queue, request), signal, request.jobId);
    },
    'replay.stream'(request, { signal }) {
      const stream = resourceAt(request.resourceId);
      const store = databases.of(stream.connectionId);
      return jobs.run(streamReplaySteps(store, stream, request, prices), signal, request.jobId);
    },
    'jobs.cancel'({ jobId }) {
      jobs.cancel(jobId);
      return {};
    },

    'trace.begin': ({ fileName, options: given }) => traces.begin(fileName, given),
    'trace.push': ({ importId, text }) => traces.push(importId, text),
    'trace.finish': ({ importId, name, change }) => traces.finish(importId, name, change),
    'trace.cancel'({ importId }) {
      traces.cancel(importId);
      return {};
    },
    'trace.samples': () => [...sampleTraces],
    'trace.importSample': ({ sample, change }) => traces.importSample(sample, change),
    'trace.importShape': (request) => traces.importShape(request),

    async 'timeline.export'(request, { signal }) {
      const all = relations();
      const resources =
        request.resourceIds.length > 0 ? request.resourceIds.map(resourceAt) : databases.resources().filter(hasRow);
      const replay =
        request.replay === null
          ? null
          : await jobs.run(
              replayRunSteps(
                { store: databases.of(resourceAt(request.replay.resourceId).connectionId), relations: all },
                resourceAt(request.replay.resourceId),
                request.replay,
                memory,
              ),
              signal,
              request.replay.jobId,
            );
      const bands: ReplayBands[] = [];
      if (request.bands !== undefined && request.replay !== null) {
        const { resourceId, range, assumptions, plant, messages, countNoise, faults, setups } = request.replay;
        const queue = resourceAt(resourceId);
        const source = { store: databases.of(queue.connectionId), relations: all };
        for (const setup of setups) {
          const about = { resourceId, range, assumptions, plant, messages, countNoise, faults, setup };
          bands.push(await jobs.run(bandsSteps(source, queue, { ...about, spreads: {}, ...request.bands }), signal));
        }
      }
      return exportTimeline(
        {
          databases,
          relations: all,
          version: options.version,
          connectionOf(connectionId) {
            const stored = databases
              .of(connectionId)
              .connections()
              .find(({ id }) => id === connectionId);
            return { name: stored?.name ?? connectionId, region: stored?.region ?? '' };
          },
        },
        request,
        resources,
        replay,
        bands,
      );
    },

    'demo.status': () => demo.status(),
    'demo.start': ({ speed }) => demo.start(speed),
    'demo.setSpeed': ({ speed }) => demo.setSpeed(speed),
    'demo.remove'() {
      memory.forget();
      return demo.remove();
    },
  };

  const dispatch = createDispatch(handlers, (method, thrown) =>
    log({ level: 'error', text: `${method}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : thrown}` }),
  );
  let closing: Promise<void> | null = null;

  if (main.setAside !== null) log({ level: 'error', text: `database set aside: ${JSON.stringify(main.setAside)}` });
  // A command that only reads must not start recording somebody's account.
  connections.restore(options.hostKind !== 'cli');

  return {
    async call(method, input, context = { signal: { aborted: false } }) {
      const startedAtMs = hostTime.nowMs();
      const result = await dispatch(method, input, context);
      const tookMs = hostTime.nowMs() - startedAtMs;
      if (tookMs > slowCallMs) {
        log({ level: 'warn', text: `${method} took ${Math.round(tookMs)} ms, ${rowCount(result)} rows` });
      }
      return result;
    },
    listen: (handler) => pushes.listen(handler),
    setAside: main.setAside,
    recordUnattended: (unattended) => recordUnattended({ connections, databases }, unattended),
    close() {
      closing ??= (async () => {
        await demo.close();
        await connections.close();
        databases.close();
      })();
      return closing;
    },
  };
}

/** In slices (EL-06): what is left over waits for the next poll. */
function sealOldDays(databases: Databases, connectionId: string, throughMs: number): void {
  const store = databases.of(connectionId);
  // The newest day of the connection that is furthest behind still grows.
  const earliest = Math.min(
    throughMs / 1000,
    ...store
      .connections()
      // A trace may be of any year and grows no more.
      .filter(({ kind }) => kind !== 'trace')
      .map(({ id }) => store.cursor(id, 'polled') ?? Number.POSITIVE_INFINITY),
  );
  store.seal(earliest, 200);
}

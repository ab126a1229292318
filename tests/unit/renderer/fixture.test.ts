import { describe, expect, it } from 'vitest';
import { parseCall } from '../../../src/core/contract/dispatch.ts';
import { type MethodName, methods } from '../../../src/core/contract/methods.ts';
import * as world from '../../fixtures/renderer/data.ts';
import { createFakeTransport } from '../../fixtures/renderer/fakeTransport.ts';

const range = { fromMs: world.nowMs - 3_600_000, toMs: world.nowMs };
const assumptions = {
  throughputPerInstancePerMinute: 70,
  launchDelaySeconds: 120,
  terminateDelaySeconds: 60,
  metricDelaySeconds: 60,
  evaluationRangeExtra: 2,
  ageGoalSeconds: 300,
  pricePerInstanceHourUsd: 0.1,
};
const connection = { name: 'x', kind: 'aws', region: 'us-east-1', endpoint: null, credentials: { kind: 'default' } };

const inputs: Partial<Record<MethodName, unknown>> = {
  'session.setPreferences': { language: 'ko', theme: 'light', zone: 'local' },
  'connections.test': connection,
  'connections.add': connection,
  'connections.remove': { connectionId: 'x' },
  'connections.setPaused': { connectionId: 'x', paused: true },
  'resource.get': { resourceId: world.streamId },
  'series.get': {
    series: [
      { resourceId: world.queueId, measure: 'depth' },
      { resourceId: world.queueId, measure: 'sent' },
    ],
    range,
    maxPoints: 100,
  },
  'shards.heatmap': { resourceId: world.streamId, range, measure: 'bytes', maxBuckets: 100 },
  'events.list': { range },
  'events.addNote': {
    atMs: world.nowMs,
    title: 'x',
    detail: '',
    noteKind: 'action',
    resourceId: null,
    connectionId: null,
  },
  'events.removeNote': { id: 1 },
  'replay.defaults': { resourceId: world.queueId, range: null },
  'replay.calibrate': { resourceId: world.queueId, range: null },
  'replay.run': { resourceId: world.queueId, range, assumptions, setups: [world.setup] },
  'replay.bands': { resourceId: world.queueId, range, assumptions, setup: world.setup },
  'replay.stream': {
    resourceId: world.streamId,
    range: null,
    candidates: [{ label: '4', capacity: { mode: 'PROVISIONED', shards: 4 }, consumers: [{ fanOut: 'shared' }] }],
  },
  'jobs.cancel': { jobId: 'x' },
  'trace.begin': { fileName: 'x.csv', options: {} },
  'trace.push': { importId: 'i1', text: 'a' },
  'trace.finish': { importId: 'i1', name: 'x' },
  'trace.cancel': { importId: 'i1' },
  'trace.importSample': { sample: 'nasa' },
  'trace.importShape': { shape: 'constant:rate=1', minutes: 60, name: 'x' },
  'timeline.export': {
    resourceIds: [world.queueId],
    range,
    format: 'markdown',
    language: 'ko',
    timeZone: 'UTC',
    title: 'x',
    replay: null,
  },
  'host.saveFile': { fileName: 'x', mediaType: 'text/plain', text: '' },
  'demo.setSpeed': { speed: 10 },
};

describe('the made-up engine of the screens honours the contract', () => {
  it.each(Object.keys(methods) as MethodName[])('%s', async (method) => {
    const call = parseCall(method, inputs[method] ?? {});
    if (!call.ok) throw new Error(JSON.stringify(call.error));
    const answer = await createFakeTransport().call(method, call.value.input);
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    const parsed = methods[method].output.safeParse(answer.value);
    expect(parsed.success ? null : parsed.error.issues).toBeNull();
  });
});

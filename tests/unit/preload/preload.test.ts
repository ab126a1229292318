import path from 'node:path';
import { build } from 'vite';
import { beforeAll, expect, it } from 'vitest';
import { channels } from '../../../src/core/contract/channels.ts';
import { type PreloadRun, runPreload } from './runPreload.ts';

let source: string;
let run: PreloadRun;

beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      rolldownOptions: {
        input: path.resolve(import.meta.dirname, '../../../src/preload/index.ts'),
        external: ['electron'],
        output: { format: 'cjs' },
      },
    },
  });
  const [bundle] = [built].flat();
  if (bundle === undefined || !('output' in bundle)) throw new Error('nothing was built');
  source = bundle.output[0].code;
  run = runPreload(source);
});

it('[SEC-11] exposes one frozen object with two functions and leaves nothing else', () => {
  expect(Object.keys(run.exposed)).toEqual(['spillway']);
  expect(Object.keys(run.exposed.spillway!).sort()).toEqual(['call', 'listen']);
  expect(Object.isFrozen(run.exposed.spillway)).toBe(true);
  expect(run.globals).toEqual([]);
});

it('[EL-21] requires electron and nothing more, and carries no schema library', () => {
  expect(run.required).toEqual(['electron']);
  expect(source.length).toBeLessThan(2_000);
});

it('[EL-11] calls go out on one channel', async () => {
  const { call } = run.exposed.spillway as unknown as { call(method: string, input: unknown): Promise<unknown> };
  expect(await call('session.get', { a: 1 })).toBe('answer');
  expect(run.invoked).toEqual([[channels.call, 'session.get', { a: 1 }]]);
});

it('[SEC-11] the event object never reaches the page, and listening ends when told', () => {
  const got: unknown[][] = [];
  const { listen } = run.exposed.spillway as unknown as { listen(handler: (...args: unknown[]) => void): () => void };
  const stop = listen((...args) => void got.push(args));
  run.emit(channels.push, { topic: 'demo', sequence: 1 });
  run.emit('another:channel', { topic: 'demo', sequence: 2 });
  expect(got).toEqual([[{ topic: 'demo', sequence: 1 }]]);
  expect(stop()).toBeUndefined();
  run.emit(channels.push, { topic: 'demo', sequence: 3 });
  expect(got).toHaveLength(1);
  expect(run.listenerCount()).toBe(0);
});

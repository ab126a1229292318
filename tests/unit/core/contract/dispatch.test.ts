import { expect, it } from 'vitest';
import { createDispatch, parseCall } from '../../../../src/core/contract/dispatch.ts';
import { methods } from '../../../../src/core/contract/methods.ts';
import { SpillwayError } from '../../../../src/core/errors.ts';

const context = { signal: { aborted: false } };

it('SEC-12 refuses unknown methods, also inherited names', () => {
  for (const method of ['nope', '__proto__', 'constructor', 'toString', 7, null, undefined]) {
    expect(parseCall(method, {})).toMatchObject({ ok: false, error: { code: 'METHOD_UNKNOWN' } });
  }
});

it('SEC-12 refuses extra and malformed input, and says where', () => {
  expect(parseCall('resource.get', { resourceId: 'x', more: 1 })).toMatchObject({
    ok: false,
    error: { code: 'INPUT_INVALID' },
  });
  expect(parseCall('series.get', { series: [], range: { fromMs: 0, toMs: 1 }, maxPoints: 10 })).toMatchObject({
    ok: false,
    error: { params: { method: 'series.get', path: 'series' } },
  });
});

it('fills defaults, so that a handler never sees them missing', () => {
  expect(parseCall('demo.start', {})).toEqual({ ok: true, value: { method: 'demo.start', input: { speed: 60 } } });
});

it('turns what a handler throws into a value and keeps the stack behind', async () => {
  const failures: unknown[] = [];
  const dispatch = createDispatch(
    {
      'host.saveFile': () => {
        throw new SpillwayError('NOT_AVAILABLE_HERE', { what: 'x', why: 'y' });
      },
    },
    (_method, thrown) => failures.push(thrown),
  );
  const input = { fileName: 'a.md', mediaType: 'text/markdown', text: '' };
  expect(await dispatch('host.saveFile', input, context)).toEqual({
    ok: false,
    error: { code: 'NOT_AVAILABLE_HERE', params: { what: 'x', why: 'y' }, retryable: false },
  });
  expect(failures).toEqual([]);
});

it('reports a bug as INTERNAL and to the log', async () => {
  const failures: string[] = [];
  const dispatch = createDispatch(
    {
      'host.saveFile': () => {
        throw new TypeError('boom');
      },
    },
    (method) => failures.push(method),
  );
  const result = await dispatch('host.saveFile', { fileName: 'a', mediaType: 'b', text: '' }, context);
  expect(result).toEqual({ ok: false, error: { code: 'INTERNAL', params: { detail: 'boom' }, retryable: false } });
  expect(failures).toEqual(['host.saveFile']);
});

it('bounds every text and list that a page can send', () => {
  const huge = 'x'.repeat(100_000);
  expect(parseCall('resource.get', { resourceId: huge }).ok).toBe(false);
  expect(parseCall('events.list', { range: { fromMs: 0, toMs: 1 }, resourceIds: Array(1000).fill('a') }).ok).toBe(
    false,
  );
  expect(Object.keys(methods).length).toBeGreaterThan(15);
});

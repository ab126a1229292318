/** Files of queueing vectors: told by their schema, and nothing wrong in them passes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { adapters } from '../../vectors/adapters/index.ts';
import { loadVectors, runVector } from '../../vectors/run.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'queueing-vectors-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Told {
  readonly family: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

/** Through a file, as `npm run vectors` reads it. */
function faultsOf(told: Told, ...others: readonly (Told & { readonly name: string })[]) {
  const file = path.join(folder, 'vectors.json');
  const vectors = [{ name: 'told', formula: '', ...told }, ...others];
  writeFileSync(file, JSON.stringify({ schema: 'spillway-queueing-vectors/1', count: vectors.length, vectors }));
  return runVector(loadVectors(file).vectors[0]!, adapters);
}

const holding: readonly Told[] = [
  {
    family: 'M/M/1',
    kind: 'stationary',
    params: { lambda_per_s: 0.8, mu_per_s: 1 },
    expected: { Wq: 4, L: 4, erlang_c: 0.8, Wq_p95: 5 * Math.log(16) },
  },
  {
    family: 'M/U/1',
    kind: 'stationary',
    params: { lambda_per_s: 0.8, a: 0.5, b: 1.5 },
    expected: { Wq: (0.8 * (13 / 12)) / 0.4, cs2: 1 / 12 },
  },
  {
    family: 'M/Pareto/1',
    kind: 'stationary',
    params: { lambda_per_s: 0.5, mean_service_s: 1, alpha: 2.5 },
    expected: { Wq: (0.5 * ((2.5 * 0.36) / 0.5)) / 1 },
  },
  {
    family: 'M/M/1',
    kind: 'transient',
    params: { lambda_per_s: 0.9, mu_per_s: 1, n0: 0, t_s: [10] },
    expected: { E_N: [2.5306951475059756] },
  },
  {
    family: 'fluid',
    kind: 'fluid',
    params: { base_per_min: 300, peak_per_min: 1_200, rise_min: 60, fall_min: 60, capacity_per_min: 720 },
    expected: { t_start: 28, t_peak: 92, peak_backlog: 15_360 },
  },
];

test.each(holding)('$kind $family holds', (told) => {
  expect(faultsOf(told)).toEqual([]);
});

test.each(holding)('$kind $family with another figure does not', (told) => {
  const wrong = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(wrong) : (value as number) * (1 + 1e-6) + 1e-6;
  for (const [field, value] of Object.entries(told.expected)) {
    expect(faultsOf({ ...told, expected: { [field]: wrong(value) } })).toEqual([
      expect.stringContaining(`${field}: expected`),
    ]);
  }
});

test.each([
  { told: { family: 'M/Q/1' }, says: 'unknown family "M/Q/1"' },
  { told: { kind: 'hearsay' }, says: 'unknown kind "queueing.hearsay"' },
  { told: { params: { lambda_per_s: 0.8, mu_per_s: 1, retries: 3 } }, says: 'retries' },
  { told: { params: { lambda_per_s: 0.8 } }, says: 'params.mu_per_s' },
  { told: { expected: { mood: 3 } }, says: 'nothing answers expected.mood' },
  { told: { kind: 'fluid' }, says: 'no flow has the parameters' },
  { told: { kind: 'exact-sequence' }, says: 'no sequence has the parameters' },
  { told: { kind: 'sizing' }, says: 'no sizing has the parameters' },
  { told: { kind: 'metric' }, says: 'no metric has the parameters' },
  { told: { kind: 'transient', family: 'M/G/1' }, says: 'unknown family' },
])('$told is refused', ({ told, says }) => {
  expect(faultsOf({ ...holding[0]!, ...told })).toEqual([expect.stringContaining(says)]);
});

test('parameters that contradict each other are refused', () => {
  const h2 = { lambda_per_s: 0.8, mean_service_s: 2, cs2: 4, p: 0.5, mu1: 1, mu2: 1 };
  expect(faultsOf({ family: 'M/H2/1', kind: 'stationary', params: h2, expected: { rho: 0.8 } })).toEqual([
    expect.stringContaining('mean_service_s'),
  ]);
});

test('a vector that names another one is given its parameters', () => {
  const table = { demand: [2, 2, 3], supply: [1, 2, 4] };
  const named = (name: string, params: Told['params']) => ({
    name,
    family: 'elasticity',
    kind: 'metric',
    params,
    expected: {},
  });
  const told = {
    family: 'elasticity',
    kind: 'metric',
    params: { baseline: 'a', autoscaler: 'b' },
    expected: { eta: 1 },
  };
  expect(faultsOf(told, named('a', table), named('b', table))).toEqual([]);
});

test('a file without vectors is no vector file', () => {
  const file = path.join(folder, 'none.json');
  writeFileSync(file, JSON.stringify({ schema: 'spillway-queueing-vectors/1' }));
  expect(() => loadVectors(file)).toThrow('a list "vectors"');
});

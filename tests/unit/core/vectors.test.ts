/**
 * The worked examples of tests/vectors/autoscaling-vectors.json, through the same library as `npm run vectors`.
 *
 * What an adapter is and how values are compared: tests/vectors/adapter.ts. Adapters: tests/vectors/adapters.
 */
import { describe, expect, test } from 'vitest';
import { adapters } from '../../vectors/adapters/index.ts';
import { loadVectors, runVector } from '../../vectors/run.ts';

const file = loadVectors(new URL('../../vectors/autoscaling-vectors.json', import.meta.url));

for (const kind of Object.keys(file.kinds)) {
  const vectors = file.vectors
    .filter((vector) => vector.kind === kind)
    .map((vector) => ({ ...vector, said: vector.rules.join(' ') }));
  describe(kind, () => {
    test('has worked examples', () => expect(vectors.length).toBeGreaterThan(0));
    test.each(vectors)('[$said] $id: $title', (vector) => expect(runVector(vector, adapters)).toEqual([]));
  });
}

test('every vector has a kind the file describes', () => {
  expect(new Set(file.vectors.map(({ kind }) => kind))).toEqual(new Set(Object.keys(file.kinds)));
});

test('every adapter serves a kind of the file', () => {
  expect(Object.keys(adapters).filter((kind) => file.kinds[kind] === undefined)).toEqual([]);
});

/**
 * The worked examples of tests/vectors, one file after the other, through the same library as `npm run vectors`.
 *
 * What an adapter is and how values are compared: tests/vectors/adapter.ts. Adapters: tests/vectors/adapters.
 */
import { describe, expect, test } from 'vitest';
import { adapters } from '../../vectors/adapters/index.ts';
import { loadVectors, runVector } from '../../vectors/run.ts';

const files = ['autoscaling-vectors.json', 'queueing-vectors.json', 'trace-vectors.json'].map((name) => ({
  name,
  ...loadVectors(new URL(`../../vectors/${name}`, import.meta.url)),
}));

for (const file of files) {
  for (const kind of Object.keys(file.kinds)) {
    const vectors = file.vectors
      .filter((vector) => vector.kind === kind)
      .map((vector) => ({ ...vector, said: vector.rules.join(' ') }));
    describe(kind, () => {
      test('has worked examples', () => expect(vectors.length).toBeGreaterThan(0));
      test.each(vectors)('[$said] $id: $title', (vector) => expect(runVector(vector, adapters)).toEqual([]));
    });
  }
}

test.each(files)('every vector of $name has a kind the file describes', ({ vectors, kinds }) => {
  expect(new Set(vectors.map(({ kind }) => kind))).toEqual(new Set(Object.keys(kinds)));
});

test('every adapter serves a kind of a file', () => {
  const known = new Set(files.flatMap(({ kinds }) => Object.keys(kinds)));
  expect(Object.keys(adapters).filter((kind) => !known.has(kind))).toEqual([]);
});

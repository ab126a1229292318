/**
 * Files of the schema `spillway-queueing-vectors/1`: figures of queueing theory, by family and parameters.
 *
 * Their `kind` says how the figure can be had (exactly, by simulation, by a formula), their `family` which model it is of.
 * One that names others of its file gets their parameters along, so that an adapter sees all it needs.
 */
import type { VectorFile } from '../run.ts';

const schema = 'spillway-queueing-vectors/';

interface Entry {
  readonly name: string;
  readonly family: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly formula?: string;
}

const kinds: Readonly<Record<string, string>> = {
  stationary: 'a steady state: by its closed form, and by a long run of the per-message plant inside its interval',
  transient: 'means on the way: by uniformisation, and by many runs of the per-message plant inside their interval',
  fluid: 'a flow: by the fluid plant and by its closed form',
  'exact-sequence': 'given jobs or minutes: by the plants, to rounding',
  sizing: 'servers for a goal',
  metric: 'figures of merit of a run',
};

export const isQueueing = (content: unknown): boolean => {
  const { schema: named } = Object(content) as { schema?: unknown };
  return typeof named === 'string' && named.startsWith(schema);
};

/** @throws Error when the file has no list of vectors */
export function fromQueueing(content: unknown): VectorFile {
  const { vectors } = content as { vectors?: unknown };
  if (!Array.isArray(vectors)) throw new Error('a file of queueing vectors has a list "vectors"');
  const entries = vectors as readonly Entry[];
  const named = new Map(entries.map(({ name, params }) => [name, params]));
  return {
    kinds: Object.fromEntries(entries.map(({ kind }) => [`queueing.${kind}`, kinds[kind] ?? ''])),
    vectors: entries.map(({ name, family, kind, params, expected, formula }) => ({
      id: name,
      kind: `queueing.${kind}`,
      title: `${family}: ${formula ?? ''}`,
      rules: [family],
      input: {
        family,
        params: Object.fromEntries(
          Object.entries(params).map(([key, value]) => [
            key,
            typeof value === 'string' && named.has(value) ? named.get(value) : value,
          ]),
        ),
      },
      expected,
    })),
  };
}

/**
 * Files of the schema `spillway-trace-vectors/1`: what real traces come to under given capacities and fleets.
 *
 * The traces are files of their own, in a folder that is named beside the vectors (`--traces DIR`).
 */
import path from 'node:path';
import type { VectorFile } from '../run.ts';

const schema = 'spillway-trace-vectors/';
const samples = path.join(import.meta.dirname, '..', '..', '..', 'resources', 'samples');

interface Entry {
  readonly name: string;
  readonly trace: string;
  readonly start: unknown;
  readonly ticks: number;
  readonly rule: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

export const isTrace = (content: unknown): boolean => {
  const { schema: named } = Object(content) as { schema?: unknown };
  return typeof named === 'string' && named.startsWith(schema);
};

/**
 * A name reads kind/trace/case: `elasticity/nasa-jul/lag-3`.
 *
 * @param folder where the traces are; default: the samples that travel with the program
 * @throws Error when the file has no list of vectors
 */
export function fromTrace(content: unknown, folder = samples): VectorFile {
  const { vectors } = content as { vectors?: unknown };
  if (!Array.isArray(vectors)) throw new Error('a file of trace vectors has a list "vectors"');
  const entries = vectors as readonly Entry[];
  const kindOf = ({ name }: Entry) => `trace.${name.split('/')[0]}`;
  return {
    kinds: Object.fromEntries(entries.map((entry) => [kindOf(entry), entry.rule])),
    vectors: entries.map((entry) => ({
      id: entry.name,
      kind: kindOf(entry),
      title: `${entry.trace}: ${entry.rule}`,
      rules: [entry.name.split('/')[1] ?? ''],
      input: {
        file: path.join(folder, entry.trace),
        ticks: entry.ticks,
        policy: entry.name.split('/').at(-1),
        params: entry.params,
      },
      expected: entry.expected,
    })),
  };
}

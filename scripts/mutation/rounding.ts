/**
 * Rounding, flipped: a mutator StrykerJS does not have. Loaded as a plugin by stryker.config.json.
 *
 * Half of the rules of scaling are about the direction of a rounding (ADJ-02, TT-03), so a test suite that does not notice
 * another direction is no proof. Added to Stryker's own list, since its plugins cannot bring mutators.
 */

/** As much of Babel's path as is looked at. */
interface Path {
  readonly node: {
    readonly type: string;
    readonly callee?: {
      readonly type: string;
      readonly object?: { readonly type: string; readonly name?: string };
      property?: { readonly type: string; readonly name?: string };
    };
  };
}
interface Mutator {
  readonly name: string;
  mutate(path: Path): Iterable<unknown>;
}

const flipped: Readonly<Record<string, readonly string[]>> = {
  ceil: ['floor'],
  floor: ['ceil'],
  round: ['floor', 'ceil'],
  trunc: ['floor', 'ceil'],
  abs: ['sign'],
};

const rounding: Mutator = {
  name: 'Rounding',
  *mutate({ node }) {
    const { callee } = node;
    if (node.type !== 'CallExpression' || callee?.type !== 'MemberExpression' || callee.object?.name !== 'Math') return;
    for (const name of flipped[callee.property?.name ?? ''] ?? []) {
      const copy = structuredClone(node);
      copy.callee!.property = { ...copy.callee!.property!, name };
      yield copy;
    }
  },
};

const entry = import.meta.resolve('@stryker-mutator/instrumenter');
const { allMutators }: { allMutators: Mutator[] } = await import(new URL('mutators/mutate.js', entry).href);
if (!allMutators.includes(rounding)) allMutators.push(rounding);

/** What Stryker asks of a plugin; this one adds to its list of mutators and offers nothing else. */
export const strykerPlugins: readonly never[] = [];

/** Wrong things done to a tree (tree.ts), somewhere in it. */
import { Buffer } from 'node:buffer';
import type { Chance } from './chance.ts';
import { nearNumber, nearText, oddLeaf, oddNames, oddTree } from './oddities.ts';
import { leaf, type Tree } from './tree.ts';

/** What differs between formats: values that only that format can get wrong, and very deep nesting in it. */
export interface Spoils {
  odd(chance: Chance): Tree;
  deep(chance: Chance, depth: number): Tree;
}

/** A place in the tree: what is there, and how to put something else there, or nothing. */
interface Place {
  readonly node: Tree;
  set(to: Tree): void;
  remove(): void;
  /** Puts a second one beside it, under the same key in a map. */
  repeat(times: number): void;
  rename(key: string): void;
}

/** Some wrong things at once, or one that makes the tree huge: several of those would make it larger than any body. */
export function spoilTree(tree: Tree, spoils: Spoils, chance: Chance): Tree {
  if (chance.odds(0.04)) return stroke(tree, hugeStrokes, spoils, chance);
  let spoiled = tree;
  for (let left = 1 + chance.below(3); left > 0; left--) spoiled = stroke(spoiled, smallStrokes, spoils, chance);
  return spoiled;
}

interface Stroke {
  readonly place: Place;
  readonly places: readonly Place[];
  readonly spoils: Spoils;
  readonly chance: Chance;
}

type Strokes = readonly (readonly [weight: number, run: (stroke: Stroke) => void])[];

const smallStrokes: Strokes = [
  [40, ({ place, spoils, chance }) => place.set(instead(place.node, spoils, chance))],
  [24, ({ place, chance }) => place.set(near(place.node, chance))],
  [8, ({ place }) => place.remove()],
  [6, ({ place }) => place.repeat(1)],
  [7, ({ place, places, chance }) => swap(place, chance.pick(places))],
  [6, ({ place, chance }) => place.rename(chance.pick(oddNames))],
  [2, ({ place }) => place.set({ kind: 'list', items: [place.node] })],
  [2, ({ place, chance }) => place.set(within(place.node, chance))],
];

const hugeStrokes: Strokes = [
  [3, ({ place, spoils, chance }) => place.set(spoils.deep(chance, depthOf(chance)))],
  [2, ({ place, chance }) => place.repeat(hugeCount(chance))],
  [
    2,
    ({ place, chance }) =>
      place.set(leaf(chance.pick(['a', 'é', '<', '\u0000', '\ud800']).repeat(hugeCount(chance) * 4))),
  ],
];

/** @returns the tree, changed in place where that is possible */
function stroke(tree: Tree, strokes: Strokes, spoils: Spoils, chance: Chance): Tree {
  const places: Place[] = [];
  collect(tree, places);
  if (places.length === 0 || chance.odds(0.03)) return instead(tree, spoils, chance);
  chance.weighted(strokes)({ place: chance.pick(places), places, spoils, chance });
  return tree;
}

function instead(node: Tree, spoils: Spoils, chance: Chance): Tree {
  // Mostly of the same kind: another kind is refused before an action sees it.
  if (node.kind === 'leaf' && chance.odds(0.75)) return oddLeaf(chance, node.value);
  if (chance.odds(0.2)) return spoils.odd(chance);
  return chance.odds(0.1) ? within(node, chance) : oddTree(chance);
}

const within = (node: Tree, chance: Chance): Tree => ({ kind: 'map', entries: [[chance.pick(oddNames), node]] });

/** Mostly what a parser bears, now and then what runs its stack over. */
const depthOf = (chance: Chance): number => (chance.odds(0.02) ? 100_000 : chance.pick([2, 13, 64, 500, 5_000]));

/** Mostly just above what services allow, now and then a great many. */
const hugeCount = (chance: Chance): number => (chance.odds(0.015) ? 20_000 : chance.pick([10, 30, 101, 501, 1_001]));

function near(node: Tree, chance: Chance): Tree {
  if (node.kind === 'time') return { kind: 'time', ms: nearNumber(chance, node.ms) };
  if (node.kind !== 'leaf') return node;
  const { value } = node;
  if (typeof value === 'string') return leaf(nearText(chance, value));
  if (typeof value === 'number') return leaf(chance.odds(0.2) ? String(value) : nearNumber(chance, value));
  if (typeof value === 'boolean') return leaf(String(value));
  if (value instanceof Uint8Array) return leaf(nearText(chance, Buffer.from(value).toString('base64')));
  return node;
}

function swap(one: Place, other: Place): void {
  const { node } = one;
  // One inside the other would make a ring.
  if (contains(node, other.node) || contains(other.node, node)) return;
  one.set(other.node);
  other.set(node);
}

function contains(outer: Tree, inner: Tree): boolean {
  if (outer === inner) return true;
  if (outer.kind === 'list') return outer.items.some((item) => contains(item, inner));
  return outer.kind === 'map' && outer.entries.some(([, value]) => contains(value, inner));
}

function collect(node: Tree, places: Place[]): void {
  if (node.kind === 'list') {
    const { items } = node;
    items.forEach((item, index) => {
      places.push({
        node: item,
        set: (to) => {
          items[index] = to;
        },
        remove: () => items.splice(index, 1),
        repeat: (times) => items.splice(index, 0, ...new Array<Tree>(times).fill(item)),
        rename: () => {},
      });
      collect(item, places);
    });
  } else if (node.kind === 'map') {
    const { entries } = node;
    entries.forEach((entry, index) => {
      const [key, value] = entry;
      places.push({
        node: value,
        set: (to) => {
          entry[1] = to;
        },
        remove: () => entries.splice(index, 1),
        repeat: (times) =>
          entries.splice(
            index,
            0,
            ...Array.from({ length: times }, (_, n): [string, Tree] => [times === 1 ? key : `${key}${n}`, value]),
          ),
        rename: (to) => {
          entry[0] = to;
        },
      });
      collect(value, places);
    });
  }
}

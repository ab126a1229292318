/** Policies of scope MessageBody: finding a policy's keys in a message, and whether the message passes. */
import type { KeyNode } from './alternatives.ts';
import { allOf, meet, type Outcome } from './matching.ts';
import type { FilterPolicy } from './parse.ts';
import { addElements, isObject, isScalar, type JsonObject } from './values.ts';

/**
 * Whether a message with this body passes. An array stands for its elements, and the keys below it must be met by one
 * and the same of them.
 * @param body the message, already parsed; anything but a JSON object passes no policy but an empty one
 */
export function matchesBody(policy: FilterPolicy, body: unknown): boolean {
  if (policy.alternatives.length === 0) return true;
  if (!isObject(body)) return false;
  const isEmpty = Object.keys(body).length === 0;
  return policy.alternatives.some((root) => {
    const outcome = outcomeAt(root, [body]);
    return outcome === 'matched' || (outcome === 'absent' && !isEmpty);
  });
}

/**
 * A node with conditions of its own and keys below takes a value for the ones and an object for the others, which may
 * then be in different elements.
 * @param elements what the message has at this node, arrays taken apart
 */
function outcomeAt(node: KeyNode, elements: readonly unknown[]): Outcome {
  const own = node.conditions === null ? 'absent' : meet(node.conditions, elements.filter(isScalar));
  return node.children.size === 0 ? own : allOf([own, outcomeBelow(node, elements.filter(isObject))]);
}

function outcomeBelow(node: KeyNode, objects: readonly JsonObject[]): Outcome {
  let absentFromAll = true;
  // Without an object there is still something to say about keys that must not exist.
  for (const object of objects.length > 0 ? objects : [{}]) {
    const outcome = allOf(childOutcomes(node, object));
    if (outcome === 'matched') return outcome;
    if (outcome === 'failed') absentFromAll = false;
  }
  return absentFromAll ? 'absent' : 'failed';
}

function* childOutcomes(node: KeyNode, object: JsonObject): Iterable<Outcome> {
  const dotted = Object.keys(object).filter((name) => name.includes('.'));
  for (const [step, child] of node.children) yield outcomeAt(child, elementsAt(object, step, dotted));
}

/**
 * The property's elements, and what is left below it of names with dots: `{"a.b": 1}` has `{"b": 1}` at `a`.
 * Each stands for itself: keys that a message spells partly one way and partly the other are not put together.
 */
function elementsAt(object: JsonObject, step: string, dotted: readonly string[]): readonly unknown[] {
  const elements: unknown[] = [];
  if (Object.hasOwn(object, step)) addElements(object[step], elements);
  for (const name of dotted) {
    if (name.startsWith(`${step}.`)) elements.push({ [name.slice(step.length + 1)]: object[name] });
  }
  return elements;
}

/** Policies of scope MessageAttributes: which values an attribute has, and whether a message's attributes pass. */
import { allOf, meet, type Outcome } from './matching.ts';
import type { FilterPolicy } from './parse.ts';
import { isScalar, type Scalar } from './values.ts';

export interface FilterableAttribute {
  readonly dataType: string;
  readonly value: string | Uint8Array;
}

/** Whether a message with these attributes passes. Binary attributes are not seen, malformed ones meet nothing. */
export function matchesAttributes(policy: FilterPolicy, attributes: ReadonlyMap<string, FilterableAttribute>): boolean {
  const { alternatives } = policy;
  if (alternatives.length === 0) return true;
  const isEmpty = ![...attributes.values()].some(isSeen);
  return alternatives.some(({ children }) => {
    const outcomes = [...children].map(([name, { conditions }]): Outcome => {
      const values = valuesOf(attributes.get(name));
      return values === null || conditions === null ? 'failed' : meet(conditions, values);
    });
    const outcome = allOf(outcomes);
    return outcome === 'matched' || (outcome === 'absent' && !isEmpty);
  });
}

/**
 * Whether an attribute that the policy names cannot be read, which AWS counts apart from other filtered messages
 * (NumberOfNotificationsFilteredOut-InvalidAttributes).
 */
export function hasMalformedAttribute(
  policy: FilterPolicy,
  attributes: ReadonlyMap<string, FilterableAttribute>,
): boolean {
  return policy.alternatives.some(({ children }) =>
    [...children.keys()].some((name) => valuesOf(attributes.get(name)) === null),
  );
}

function isSeen({ dataType, value }: FilterableAttribute): boolean {
  return typeof value === 'string' && /^(String|Number)(\.|$)/.test(dataType);
}

/** @returns none for an attribute that is not there or not seen, null for one that cannot be read */
function valuesOf(attribute: FilterableAttribute | undefined): readonly Scalar[] | null {
  if (attribute === undefined || !isSeen(attribute)) return [];
  const { dataType } = attribute;
  const text = attribute.value as string;
  if (dataType === 'String.Array' || dataType === 'Number.Array') return parseArray(text);
  // Whatever else follows the dot is the publisher's own label.
  return dataType.startsWith('Number') ? parseNumber(text) : [text];
}

function parseArray(text: string): readonly Scalar[] | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter(isScalar) : null;
  } catch {
    return null;
  }
}

function parseNumber(text: string): readonly Scalar[] | null {
  const value = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? [value] : null;
}

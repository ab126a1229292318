/** Message attributes of a request: reading and checking them, choosing and writing them for a receive. */
import { isXmlText } from '../wire/xml.ts';
import { invalidParameter } from './errors.ts';
import type { MessageAttribute, MessageAttributes } from './message.ts';

/** As the wire has it. */
export interface WireAttributeValue {
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
  readonly StringListValues?: readonly string[];
  readonly BinaryListValues?: readonly Uint8Array[];
  readonly DataType?: string;
}

const maxAttributes = 10;

/**
 * @returns null for none
 * @throws AwsError InvalidParameterValue
 */
export function readMessageAttributes(
  wire: Readonly<Record<string, WireAttributeValue>> | undefined,
): MessageAttributes | null {
  if (wire === undefined) return null;
  const entries = Object.entries(wire);
  if (entries.length === 0) return null;
  if (entries.length > maxAttributes) {
    throw invalidParameter(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${maxAttributes}].`,
    );
  }
  return new Map(entries.map(([name, value]) => [checkedName(name), readValue(name, value)]));
}

/** In the words of the service, down to the blank at the end. Letters are those of any script. */
function checkedName(name: string): string {
  if (name === '') throw invalidParameter('The request must contain non-empty message (user) attribute names.');
  if (name.length > 256) throw invalidParameter('Message (user) attribute names must be shorter than 256 Bytes');
  if (!/^[\p{L}\p{M}\p{N}_.-]+$/u.test(name)) {
    throw invalidParameter(
      'Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. ',
    );
  }
  if (/^(aws|amazon)\.|^\.|\.$/i.test(name)) {
    throw invalidParameter(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. Additionally, they cannot start or end with '.'.",
    );
  }
  if (name.includes('..'))
    throw invalidParameter(`Message (user) attribute name '${name}' must not have periods in succession.`);
  return name;
}

function readValue(name: string, wire: WireAttributeValue): MessageAttribute {
  const dataType = wire.DataType;
  if (!dataType) {
    const lacking = Object.keys(wire).length === 0 ? 'value' : 'type';
    throw invalidParameter(
      `The message (user) attribute '${name}' must contain a non-empty message attribute ${lacking}.`,
    );
  }
  const kind = /^(String|Number|Binary)(\.[^\s]{1,250})?$/.exec(dataType)?.[1];
  if (kind === undefined) {
    throw invalidParameter(
      dataType.length > 256
        ? 'Message (user) attribute types must be shorter than 256 Bytes'
        : `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  if (wire.StringListValues !== undefined || wire.BinaryListValues !== undefined) {
    throw invalidParameter('Message attribute list values in SendMessage operation are not supported.');
  }
  const value = kind === 'Binary' ? wire.BinaryValue : wire.StringValue;
  if (value === undefined || value.length === 0) {
    throw invalidParameter(`Message (user) attribute '${name}' must contain a non-empty value of type '${kind}'.`);
  }
  if (wire.StringValue !== undefined && wire.BinaryValue !== undefined) {
    throw invalidParameter(`Message (user) attribute '${name}' has more than one value.`);
  }
  if (typeof value === 'string') {
    // Unlike the same characters in a body.
    if (!isXmlText(value))
      throw invalidParameter(`Message (user) attribute '${name}' has invalid characters in its value.`);
    if (kind === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) {
      throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
    }
  }
  return { dataType, value };
}

/** `All`, `*` and `.*` take every attribute, `pre.*` those that begin with `pre`, anything else its own. Null when none is left. */
export function chosenAttributes(
  attributes: MessageAttributes | null,
  names: readonly string[] | undefined,
): MessageAttributes | null {
  if (attributes === null || names === undefined || names.length === 0) return null;
  const wanted = (attribute: string): boolean =>
    names.some((name) => {
      if (name === 'All' || name === '*') return true;
      return name.endsWith('.*') ? attribute.startsWith(name.slice(0, -2)) : attribute === name;
    });
  const chosen = new Map([...attributes].filter(([name]) => wanted(name)));
  return chosen.size === 0 ? null : chosen;
}

export function writeMessageAttributes(attributes: MessageAttributes): Record<string, WireAttributeValue> {
  return Object.fromEntries(
    [...attributes].map(([name, { dataType, value }]) => [
      name,
      typeof value === 'string'
        ? { StringValue: value, DataType: dataType }
        : { BinaryValue: value, DataType: dataType },
    ]),
  );
}

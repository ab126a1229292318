/** Message attributes of a request: reading and checking them, choosing and writing them for a receive. */
import { isXmlText } from '../wire/xml.ts';
import { invalidMessageContents, invalidParameter } from './errors.ts';
import type { MessageAttribute, MessageAttributes } from './message.ts';

/** As the wire has it. */
export interface WireAttributeValue {
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
  readonly StringListValues?: readonly string[];
  readonly BinaryListValues?: readonly Uint8Array[];
  readonly DataType: string;
}

const maxAttributes = 10;

/**
 * @returns null for none
 * @throws AwsError InvalidParameterValue, InvalidMessageContents
 */
export function readMessageAttributes(
  wire: Readonly<Record<string, WireAttributeValue>> = {},
): MessageAttributes | null {
  const entries = Object.entries(wire);
  if (entries.length === 0) return null;
  if (entries.length > maxAttributes) {
    throw invalidParameter(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${maxAttributes}].`,
    );
  }
  return new Map(entries.map(([name, value]) => [checkedName(name), readValue(name, value)]));
}

function checkedName(name: string): string {
  const wellFormed = /^[\w.-]{1,256}$/.test(name) && !/^\.|\.$|\.\./.test(name);
  if (!wellFormed || /^(aws|amazon)\./i.test(name)) {
    throw invalidParameter(`The message attribute name '${name.slice(0, 256)}' is invalid.`);
  }
  return name;
}

function readValue(name: string, wire: WireAttributeValue): MessageAttribute {
  const dataType = wire.DataType;
  const kind = /^(String|Number|Binary)(\.[^\s]{1,250})?$/.exec(dataType)?.[1];
  const refuse = (problem: string): Error => invalidParameter(`The message attribute '${name}' ${problem}.`);
  if (kind === undefined) {
    throw refuse(
      'has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String',
    );
  }
  if (wire.StringListValues !== undefined || wire.BinaryListValues !== undefined) {
    throw invalidParameter('Message attribute list values in SendMessage operation are not supported.');
  }
  const value = kind === 'Binary' ? wire.BinaryValue : wire.StringValue;
  if (value === undefined || value.length === 0) throw refuse(`must contain a non-empty value of type '${kind}'`);
  if (wire.StringValue !== undefined && wire.BinaryValue !== undefined) throw refuse('has more than one value');
  if (typeof value === 'string') {
    if (!isXmlText(value)) throw invalidMessageContents();
    if (kind === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) {
      throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
    }
  }
  return { dataType, value };
}

/** `All` and `.*` take every attribute, `prefix.*` those that begin so, anything else its own. Null when none is left. */
export function chosenAttributes(
  attributes: MessageAttributes | null,
  names: readonly string[] | undefined,
): MessageAttributes | null {
  if (attributes === null || names === undefined || names.length === 0) return null;
  const wanted = (attribute: string): boolean =>
    names.some((name) => {
      if (name === 'All' || name === '.*') return true;
      return name.endsWith('.*') ? attribute.startsWith(name.slice(0, -1)) : attribute === name;
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

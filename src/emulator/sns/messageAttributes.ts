/** Message attributes of a publish: reading and checking them. */
import { parameterValueInvalid } from './errors.ts';
import type { MessageAttribute, MessageAttributes } from './message.ts';

/** As the wire has it. */
export interface WireAttributeValue {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

/**
 * @returns null for none
 * @throws AwsError ParameterValueInvalid
 */
export function readMessageAttributes(
  wire: Readonly<Record<string, WireAttributeValue>> = {},
): MessageAttributes | null {
  const entries = Object.entries(wire);
  if (entries.length === 0) return null;
  return new Map(entries.map(([name, value]) => [checkedName(name), readValue(name, value)]));
}

function checkedName(name: string): string {
  const wellFormed = /^[\w.-]{1,256}$/.test(name) && !/^\.|\.$|\.\./.test(name);
  if (!wellFormed || /^(aws|amazon)\./i.test(name)) {
    throw parameterValueInvalid(
      `Invalid parameter: The message attribute name '${name.slice(0, 256)}' contains invalid characters or is reserved.`,
    );
  }
  return name;
}

function readValue(name: string, wire: WireAttributeValue): MessageAttribute {
  const { DataType: dataType, StringValue, BinaryValue } = wire;
  const kind = /^(String|Number|Binary)(\.[^\s]{1,250})?$/.exec(dataType)?.[1];
  if (kind === undefined) {
    throw parameterValueInvalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is ` +
        'Binary, Number, and String.',
    );
  }
  const value = kind === 'Binary' ? BinaryValue : StringValue;
  if (value === undefined || value.length === 0) {
    throw parameterValueInvalid(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${dataType}'.`,
    );
  }
  if (kind === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value as string)) {
    throw parameterValueInvalid(`Could not cast message attribute '${name}' value to number.`);
  }
  return { dataType, value };
}

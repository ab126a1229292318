/** Message attributes of a publish: reading and checking them. */
import { parameterValueInvalid } from './errors.ts';
import type { MessageAttribute, MessageAttributes } from './message.ts';

const mostNameBytes = 256;

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
  if (Buffer.byteLength(name, 'utf8') > mostNameBytes) {
    throw parameterValueInvalid('Length of message attribute name must be less than 256 bytes.');
  }
  const stranger = /[^\w.-]/.exec(name)?.[0];
  if (stranger !== undefined) {
    throw parameterValueInvalid(
      `Invalid non-alphanumeric character '#x${stranger.charCodeAt(0).toString(16).toUpperCase()}' was found in the message attribute ` +
        'name. Can only include alphanumeric characters, hyphens, underscores, or dots.',
    );
  }
  if (name.startsWith('.')) {
    throw parameterValueInvalid("Invalid message attribute name starting with character '.' was found.");
  }
  if (name.endsWith('.')) {
    throw parameterValueInvalid("Invalid message attribute name ending with character '.' was found.");
  }
  if (name.includes('..')) {
    throw parameterValueInvalid("Message attribute name can not have successive '.' character.");
  }
  // AWS.SNS.SMS.SenderID, AWS.SNS.MOBILE.APNS.TOPIC and their like tell SNS how to send.
  if (name === '' || (/^(aws|amazon)\./i.test(name) && !name.startsWith('AWS.SNS.'))) {
    throw parameterValueInvalid(
      `Invalid parameter: The message attribute name '${name}' contains invalid characters or is reserved.`,
    );
  }
  return name;
}

function readValue(name: string, wire: WireAttributeValue): MessageAttribute {
  const { DataType: dataType, StringValue, BinaryValue } = wire;
  const kind = /^(String|Number|Binary)(\..{1,250})?$/.exec(dataType)?.[1];
  if (kind === undefined) {
    throw parameterValueInvalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is ` +
        'Binary, Number, and String.',
    );
  }
  const [field, value, other] =
    kind === 'Binary' ? ['Binary', BinaryValue, StringValue] : ['String', StringValue, BinaryValue];
  if (value === undefined && other !== undefined) {
    throw parameterValueInvalid(`The message attribute '${name}' with type '${dataType}' must use field '${field}'.`);
  }
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

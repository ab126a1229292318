/** Shapes that several SQS actions share. */
import { blob, list, map, type Shape, structure, text } from '../wire/shapes.ts';

export const attributeValue = structure({
  StringValue: text,
  BinaryValue: blob,
  StringListValues: list(text, { flattened: true, queryName: 'StringListValue' }),
  BinaryListValues: list(blob, { flattened: true, queryName: 'BinaryListValue' }),
  // Missing, it is refused in the words of message attributes.
  DataType: text,
});

/** `Attribute.N.Name`, `Attribute.N.Value`. */
export const queueAttributes = map(text, {
  flattened: true,
  queryName: 'Attribute',
  keyName: 'Name',
  valueName: 'Value',
});

/** Attributes of messages are read under the name of AWS's model as well. */
export const messageAttributes = map(attributeValue, {
  flattened: true,
  orOwnName: true,
  queryName: 'MessageAttribute',
  keyName: 'Name',
  valueName: 'Value',
});

export const messageSystemAttributes = map(attributeValue, {
  flattened: true,
  orOwnName: true,
  queryName: 'MessageSystemAttribute',
  keyName: 'Name',
  valueName: 'Value',
});

export const tagMap = map(text, { flattened: true, queryName: 'Tag', keyName: 'Key', valueName: 'Value' });

export const flatList = (of: Shape, queryName: string): Shape => list(of, { flattened: true, queryName });

/** AWS's model has none for these actions: no Result element, and no body in JSON. */
export const noOutput = null;

/** Shapes that several SNS actions share. Query throughout: lists are `member.N`, maps `entry.N.key`. */
import { blob, list, map, required, structure, text } from '../wire/shapes.ts';

export const attributeMap = map(text);

export const messageAttributes = map(structure({ DataType: required(text), StringValue: text, BinaryValue: blob }), {
  keyName: 'Name',
  valueName: 'Value',
});

export const tagList = list(structure({ Key: required(text), Value: required(text) }));

export interface WireTag {
  readonly Key: string;
  readonly Value: string;
}

/** AWS's model has none for these actions: the reply has no Result element. */
export const noOutput = null;

/** A structure without members: the reply has an empty Result element. */
export const emptyOutput = structure({});

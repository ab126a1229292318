/**
 * CBOR bodies in the two dialects AWS clients send: Smithy RPC v2 (timestamps are tag 1 seconds) and the older CBOR
 * form of AWS JSON 1.1 (tag 1 milliseconds). Byte strings are byte strings in both.
 */
import { decode, encode, Tagged, Tokenizer } from 'cborg';
import { AwsError } from '../service.ts';
import { decodeDocument, encodeDocument, instant, type Leaves } from './document.ts';
import { serializationError } from './inputError.ts';
import { maxValues, tooManyValues } from './manyValues.ts';
import type { StructureShape } from './shapes.ts';

const epochTag = 1;

function cborLeaves(unitsPerMs: number): Leaves {
  return {
    readTimestamp(value) {
      const time = value instanceof Tagged ? value.value : value;
      const number = typeof time === 'bigint' ? Number(time) : time;
      return typeof number === 'number' ? instant(number / unitsPerMs) : null;
    },
    writeTimestamp: (ms) => new Tagged(epochTag, unitsPerMs === 1 ? ms : ms / 1_000),
    readBlob: (value) => (value instanceof Uint8Array ? value : null),
    writeBlob: (bytes) => bytes,
  };
}

export const secondsLeaves = cborLeaves(1 / 1_000);
export const millisecondsLeaves = cborLeaves(1);

/** @throws AwsError SerializationException when the bytes are not CBOR, or not of the shape */
export function decodeCbor(shape: StructureShape, body: Uint8Array, leaves: Leaves): Record<string, unknown> {
  return decodeDocument(shape, parseCbor(body), leaves);
}

const reading = {
  allowIndefinite: true,
  allowUndefined: true,
  allowBigInt: true,
  tags: { [epochTag]: Tagged.decoder(epochTag) },
  rejectDuplicateMapKeys: true,
};

function parseCbor(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    return decode(body, body.length > maxValues ? { ...reading, tokenizer: new Counting(body) } : reading);
  } catch (thrown) {
    if (thrown instanceof AwsError) throw thrown;
    if (thrown instanceof RangeError) throw serializationError('the document is nested too deeply');
    throw serializationError(thrown instanceof Error ? thrown.message : 'not CBOR');
  }
}

/** Stops at the first value too many. */
class Counting extends Tokenizer {
  private values = 0;

  constructor(body: Uint8Array) {
    super(new Uint8Array(body.buffer, body.byteOffset, body.byteLength), reading);
  }

  override next(): ReturnType<Tokenizer['next']> {
    if (++this.values > maxValues) throw tooManyValues();
    return super.next();
  }
}

export function encodeCbor(shape: StructureShape, value: unknown, leaves: Leaves): Uint8Array {
  return encode(encodeDocument(shape, value, leaves));
}

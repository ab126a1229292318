/**
 * CBOR bodies in the two dialects AWS clients send: Smithy RPC v2 (timestamps are tag 1 seconds) and the older CBOR
 * form of AWS JSON 1.1 (tag 1 milliseconds). Byte strings are byte strings in both.
 */
import { decode, encode, Tagged } from 'cborg';
import { decodeDocument, encodeDocument, instant, type Leaves } from './document.ts';
import { serializationError } from './inputError.ts';
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

function parseCbor(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    return decode(body, { tags: { [epochTag]: Tagged.decoder(epochTag) }, rejectDuplicateMapKeys: true });
  } catch (thrown) {
    throw serializationError(thrown instanceof Error ? thrown.message : 'not CBOR');
  }
}

export function encodeCbor(shape: StructureShape, value: unknown, leaves: Leaves): Uint8Array {
  return encode(encodeDocument(shape, value, leaves));
}

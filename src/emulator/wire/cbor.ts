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
    return decode(body, { ...reading, tokenizer: new Strict(body) });
  } catch (thrown) {
    if (thrown instanceof AwsError) throw thrown;
    if (thrown instanceof RangeError) throw serializationError('the document is nested too deeply');
    throw serializationError(thrown instanceof Error ? thrown.message : 'not CBOR');
  }
}

/** Keeps a byte order mark, which is a character like any other inside a document. */
const strictText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const textMajor = 3;
/** Bytes before a text by how its length is written: inside the first byte, or in 1, 2, 4 or 8 more. */
const headBytes = (first: number): number => {
  const minor = first & 0x1f;
  return minor < 24 ? 1 : 1 + 2 ** (minor - 24);
};

/** Stops at the first value too many, and at the first text that is not UTF-8: cborg would put U+FFFD in its place. */
class Strict extends Tokenizer {
  readonly #body: Uint8Array;
  #values = 0;

  constructor(body: Uint8Array) {
    const plain = new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
    super(plain, reading);
    this.#body = plain;
  }

  override next(): ReturnType<Tokenizer['next']> {
    if (++this.#values > maxValues) throw tooManyValues();
    const from = this.pos();
    const token = super.next();
    const first = this.#body[from]!;
    if (first >> 5 !== textMajor) return token;
    const start = from + headBytes(first);
    // Both are rare: the sign of what could not be read, and a mark that cborg leaves out.
    if (this.#body[start] === 0xef || token.value.includes('\ufffd')) token.value = this.#text(start);
    return token;
  }

  #text(start: number): string {
    try {
      return strictText.decode(this.#body.subarray(start, this.pos()));
    } catch {
      throw serializationError('a text is not UTF-8');
    }
  }
}

export function encodeCbor(shape: StructureShape, value: unknown, leaves: Leaves): Uint8Array {
  return encode(encodeDocument(shape, value, leaves));
}

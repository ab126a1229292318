/** Base64 as the JSON and Query protocols carry byte strings: strict on the way in, so that mistakes are told. */

const alphabet = /^[A-Za-z0-9+/]*={0,2}$/;

/** @returns null when `encoded` is not base64 with full padding */
export function decodeBase64(encoded: string): Uint8Array | null {
  if (encoded.length % 4 !== 0 || !alphabet.test(encoded)) return null;
  return new Uint8Array(Buffer.from(encoded, 'base64'));
}

export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** @returns null when the bytes are not UTF-8 */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

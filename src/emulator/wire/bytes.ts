/** Base64 as the JSON and Query protocols carry byte strings: strict on the way in, so that mistakes are told. */

const alphabet = /^[A-Za-z0-9+/]*={0,2}$/;
/** Its last character holds bits that belong to no byte. */
const looseBits = /[^AQgw]==$|[^AEIMQUYcgkosw048=]=$/;

/** @returns null when `encoded` is not base64 with full padding */
export function decodeBase64(encoded: string): Uint8Array | null {
  if (encoded.length % 4 !== 0 || !alphabet.test(encoded) || looseBits.test(encoded.slice(-3))) return null;
  return new Uint8Array(Buffer.from(encoded, 'base64'));
}

/** Why `encoded` is not base64, in AWS's words; null when it is. */
export function base64Problem(encoded: string): string | null {
  if (encoded.length % 4 !== 0)
    return `Base64 encoded length is expected a multiple of 4 bytes but found: ${encoded.length}`;
  const [stranger] = /[^A-Za-z0-9+/=]|=(?!=?$)/u.exec(encoded) ?? [];
  if (stranger !== undefined) return `Invalid Base64 character: '${stranger}'`;
  return looseBits.test(encoded.slice(-3)) ? 'Invalid last non-pad Base64 character dectected' : null;
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

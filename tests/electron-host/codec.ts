/**
 * Values of an IPC message as JSON and back: what structured clone carries, and a refusal of what it does not (EL-66).
 *
 * `createCodec` refers to nothing outside itself, because its source text is also injected into pages.
 */
export interface Codec {
  /** @throws Error when the value holds a function or symbol */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

export function createCodec(): Codec {
  // {"$": [kind, content]} stands for everything JSON has no word for; an object with a "$" of its own is wrapped too.
  type Wrapped = { $: [kind: string, content: unknown] };
  const wrap = (kind: string, content: unknown): Wrapped => ({ $: [kind, content] });

  const toBase64 = (bytes: Uint8Array): string => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text);
  };
  const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));

  const pack = (value: unknown): unknown => {
    switch (typeof value) {
      case 'undefined':
        return wrap('undefined', null);
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : wrap('number', Object.is(value, -0) ? '-0' : String(value));
      case 'bigint':
        return wrap('bigint', String(value));
      case 'function':
      case 'symbol':
        throw new Error('An object could not be cloned.');
    }
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(pack);
    if (value instanceof Date) return wrap('date', value.getTime());
    if (value instanceof Map)
      return wrap(
        'map',
        [...value].map(([key, item]) => [pack(key), pack(item)]),
      );
    if (value instanceof Set) return wrap('set', [...value].map(pack));
    if (value instanceof Error) return wrap('error', [value.name, value.message]);
    if (value instanceof ArrayBuffer) return wrap('buffer', ['ArrayBuffer', toBase64(new Uint8Array(value))]);
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      const name = value.constructor.name === 'Buffer' ? 'Uint8Array' : value.constructor.name;
      return wrap('buffer', [name, toBase64(bytes)]);
    }
    const entries = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item)]));
    return '$' in entries ? wrap('object', entries) : entries;
  };

  const unpackEntries = (entries: object) =>
    Object.fromEntries(Object.entries(entries).map(([key, item]) => [key, unpack(item)]));

  const views: Record<string, (buffer: ArrayBuffer) => unknown> = {
    ArrayBuffer: (buffer) => buffer,
    DataView: (buffer) => new DataView(buffer),
    Int8Array: (buffer) => new Int8Array(buffer),
    Uint8Array: (buffer) => new Uint8Array(buffer),
    Uint8ClampedArray: (buffer) => new Uint8ClampedArray(buffer),
    Int16Array: (buffer) => new Int16Array(buffer),
    Uint16Array: (buffer) => new Uint16Array(buffer),
    Int32Array: (buffer) => new Int32Array(buffer),
    Uint32Array: (buffer) => new Uint32Array(buffer),
    Float32Array: (buffer) => new Float32Array(buffer),
    Float64Array: (buffer) => new Float64Array(buffer),
    BigInt64Array: (buffer) => new BigInt64Array(buffer),
    BigUint64Array: (buffer) => new BigUint64Array(buffer),
  };

  const unpack = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(unpack);
    if (!('$' in value)) return unpackEntries(value);
    const [kind, content] = (value as Wrapped).$;
    switch (kind) {
      case 'number':
        return Number(content);
      case 'bigint':
        return BigInt(content as string);
      case 'date':
        return new Date(content as number);
      case 'map':
        return new Map((content as unknown[][]).map(([key, item]) => [unpack(key), unpack(item)]));
      case 'set':
        return new Set((content as unknown[]).map(unpack));
      case 'error': {
        const [name, message] = content as [string, string];
        return Object.assign(new Error(message), { name });
      }
      case 'buffer': {
        const [name, bytes] = content as [string, string];
        return views[name]!(fromBase64(bytes).buffer);
      }
      case 'object':
        return unpackEntries(content as object);
      default:
        return undefined;
    }
  };

  return { encode: (value) => JSON.stringify(pack(value)), decode: (text) => unpack(JSON.parse(text)) };
}

/**
 * One message as bytes: a JSON header and the Float64Array columns behind it, for the WebSocket.
 *
 * Layout, little-endian: u32 length of the header in bytes, header as UTF-8 JSON, zero padding to a multiple of 8, then
 * the columns one after another. In the header a column stands as {"$f64":[offsetInDoubles,length]} and a number that
 * JSON cannot carry as {"$num":"NaN"}. Text is encoded by the functions handed in, because core has neither DOM nor Node.
 */
export interface TextCodec {
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
}

export interface FrameCodec {
  encode(message: unknown): Uint8Array;
  /** @throws Error when the bytes are not a frame */
  decode(bytes: Uint8Array): unknown;
}

export function createFrameCodec(text: TextCodec): FrameCodec {
  return {
    encode(message) {
      const columns: Float64Array[] = [];
      let doubles = 0;
      const header = text.encode(
        JSON.stringify(message, (_key, value: unknown) => {
          if (value instanceof Float64Array) {
            const at = doubles;
            columns.push(value);
            doubles += value.length;
            return { $f64: [at, value.length] };
          }
          if (typeof value === 'number' && !Number.isFinite(value)) return { $num: String(value) };
          return value;
        }),
      );
      const start = (4 + header.length + 7) & ~7;
      const bytes = new Uint8Array(start + doubles * 8);
      new DataView(bytes.buffer).setUint32(0, header.length, true);
      bytes.set(header, 4);
      const body = new Float64Array(bytes.buffer, start, doubles);
      let at = 0;
      for (const column of columns) {
        body.set(column, at);
        at += column.length;
      }
      return bytes;
    },

    decode(bytes) {
      if (bytes.length < 4) throw new Error('frame: shorter than its length field');
      const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
      const start = (4 + headerLength + 7) & ~7;
      if (4 + headerLength > bytes.length) throw new Error('frame: header is cut off');
      // A received buffer may start anywhere; columns need an 8-byte boundary. Not slice(): Node's Buffer gives a view.
      const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
      const available = Math.max(0, Math.floor((aligned.length - start) / 8));
      return JSON.parse(text.decode(bytes.subarray(4, 4 + headerLength)), (_key, value: unknown) => {
        if (typeof value !== 'object' || value === null) return value;
        if ('$num' in value) return Number(value.$num);
        if (!('$f64' in value)) return value;
        const [at, length] = value.$f64 as [number, number];
        if (!(at >= 0 && length >= 0 && at + length <= available))
          throw new Error('frame: column lies outside the frame');
        return new Float64Array(aligned.buffer, aligned.byteOffset + start + at * 8, length);
      });
    },
  };
}

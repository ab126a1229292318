/** Compressed request bodies (PutMetricData above 10 KiB): gzip only, and never larger inflated than a plain body may be. */
import { gunzipSync } from 'node:zlib';
import { AwsError } from '../service.ts';
import { serializationError } from './inputError.ts';

/** Largest body taken, before and after inflating. Kinesis PutRecords carries 10 MiB, a third more in base64. */
export const maxBodyBytes = 16 * 1024 * 1024;

export const bodyTooLarge = (): AwsError =>
  new AwsError(
    'RequestEntityTooLarge',
    `The request body is larger than ${maxBodyBytes} bytes, which is a limit of this emulator.`,
    { status: 413 },
  );

export function plainBody(contentEncoding: string | undefined, body: Uint8Array): Uint8Array {
  const coding = (contentEncoding ?? '').trim().toLowerCase();
  if (coding === '' || coding === 'identity') return body;
  if (coding !== 'gzip') throw serializationError(`content-encoding ${coding.slice(0, 40)} is not supported`);
  try {
    return gunzipSync(body, { maxOutputLength: maxBodyBytes });
  } catch (thrown) {
    if (thrown instanceof RangeError) throw bodyTooLarge();
    throw serializationError('the body is not gzip');
  }
}

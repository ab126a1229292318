/** MD5s that clients compare: of a body, and of message attributes in the order of their names. */
import { createHash, hash } from 'node:crypto';
import type { MessageAttributes } from './message.ts';

export const md5OfBody = (body: string): string => hash('md5', body, 'hex');

const stringLike = new Uint8Array([1]);
const binary = new Uint8Array([2]);

/** Each of name, type and value stands behind its length in four bytes; one byte before the value tells its kind. */
export function md5OfAttributes(attributes: MessageAttributes): string {
  const hash = createHash('md5');
  const part = (bytes: Uint8Array): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  const byName = [...attributes].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, { dataType, value }] of byName) {
    part(Buffer.from(name, 'utf8'));
    part(Buffer.from(dataType, 'utf8'));
    hash.update(typeof value === 'string' ? stringLike : binary);
    part(typeof value === 'string' ? Buffer.from(value, 'utf8') : value);
  }
  return hash.digest('hex');
}

/**
 * Signature Version 4: what is signed of a request, and with what key.
 *
 * As every service but S3 has it: the path is normalized and encoded once more, and the hash is that of the body as it came.
 */
import { createHash, createHmac } from 'node:crypto';
import { type Authorization, algorithm, queryPairs, type SignedRequest } from './authorization.ts';

export function canonicalRequest(request: SignedRequest, signedHeaders: readonly string[]): string {
  const { method, path, body } = request;
  return [
    method.toUpperCase(),
    canonicalPath(path),
    canonicalQuery(path),
    ...signedHeaders.map((name) => `${name}:${canonicalValue(headerOf(request, name))}`),
    '',
    signedHeaders.join(';'),
    createHash('sha256').update(body).digest('hex'),
  ].join('\n');
}

export function stringToSign({ signedAt, scopeDate, region, service }: Authorization, canonical: string): string {
  const hash = createHash('sha256').update(canonical).digest('hex');
  return [algorithm, signedAt, `${scopeDate}/${region}/${service}/aws4_request`, hash].join('\n');
}

/** @returns 64 hexadecimal digits */
export function signatureOf(
  secretAccessKey: string,
  { scopeDate, region, service }: Authorization,
  text: string,
): string {
  const key = [scopeDate, region, service, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secretAccessKey}`));
  return hmac(key, text).toString('hex');
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** An HTTP/2 client may sign the authority as either. */
function headerOf({ headers }: SignedRequest, name: string): string {
  return headers[name] ?? (name === 'host' ? headers[':authority'] : undefined) ?? '';
}

const canonicalValue = (value: string): string => value.trim().replace(/ {2,}/g, ' ');

function canonicalPath(path: string): string {
  const sent = path.split('?', 1)[0]!;
  const kept: string[] = [];
  for (const segment of sent.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(encoded(segment));
  }
  return `/${kept.join('/')}${kept.length > 0 && sent.endsWith('/') ? '/' : ''}`;
}

function canonicalQuery(path: string): string {
  return queryPairs(path)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** By code unit, as all of it is ASCII by now. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Everything but the unreserved characters of RFC 3986. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

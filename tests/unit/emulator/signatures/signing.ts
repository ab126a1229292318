/** Signs requests as a client does, written apart from what checks them: by the steps of AWS's description. */
import { createHash, createHmac } from 'node:crypto';
import type { SignedRequest } from '../../../../src/emulator/signatures/authorization.ts';

export const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

export interface SigningFacts {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly service: string;
  /** `20260302T000000Z` */
  readonly signedAt: string;
}

export const facts: SigningFacts = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: secret,
  region: 'us-east-1',
  service: 'sqs',
  signedAt: '20260302T000000Z',
};

const hash = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Only paths and queries that need no encoding, unless the canonical forms are given. */
export function sign(
  { method, path, headers, body }: SignedRequest,
  { accessKeyId, secretAccessKey, region, service, signedAt }: SigningFacts,
  canonical: { readonly path?: string; readonly query?: string } = {},
): { readonly signedHeaders: string; readonly credential: string; readonly signature: string } {
  const names = Object.keys(headers).sort();
  const request = [
    method,
    canonical.path ?? path.split('?', 1)[0],
    canonical.query ?? '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    hash(body),
  ].join('\n');
  const scope = `${signedAt.slice(0, 8)}/${region}/${service}/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${signedAt}\n${scope}\n${hash(request)}`;
  const key = hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, signedAt.slice(0, 8)), region), service), 'aws4_request');
  return {
    signedHeaders: names.join(';'),
    credential: `${accessKeyId}/${scope}`,
    signature: hmac(key, text).toString('hex'),
  };
}

/** With the signature in its header. */
export function signed(request: SignedRequest, given: SigningFacts = facts): SignedRequest {
  const headers = { 'x-amz-date': given.signedAt, ...request.headers };
  const { credential, signedHeaders, signature } = sign({ ...request, headers }, given);
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return { ...request, headers: { ...headers, authorization } };
}

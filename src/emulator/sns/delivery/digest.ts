/**
 * Digest access authentication (RFC 7616): reading a challenge, and the header that answers it.
 *
 * MD5 and SHA-256, each with `-sess`; quality of protection `auth`, or none at all, as RFC 2069 had it. Not here: when to answer
 * (authentication.ts).
 */
import { createHash } from 'node:crypto';

export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  /** Given back as it came. */
  readonly opaque: string | null;
  /** As the server spells it; null where it names none, which is MD5. */
  readonly algorithm: string | null;
  readonly hash: 'md5' | 'sha256';
  readonly session: boolean;
  /** False for a server that knows no quality of protection. */
  readonly auth: boolean;
  /** The name is sent as a hash. */
  readonly userhash: boolean;
}

export interface DigestRequest {
  readonly method: string;
  /** Path and query, as the request line has them. */
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  /** From 1 for each nonce. */
  readonly nonceCount: number;
  readonly cnonce: string;
}

/** @returns null for what this client cannot answer: another algorithm, or nothing but `auth-int` */
export function digestChallenge(parameters: ReadonlyMap<string, string>): DigestChallenge | null {
  const realm = parameters.get('realm');
  const nonce = parameters.get('nonce');
  const [, name, session] = /^(md5|sha-256)(-sess)?$/i.exec(parameters.get('algorithm') ?? 'MD5') ?? [];
  if (realm === undefined || nonce === undefined || name === undefined) return null;
  const qualities = parameters
    .get('qop')
    ?.toLowerCase()
    .split(/\s*,\s*/);
  if (qualities !== undefined && !qualities.includes('auth')) return null;
  return {
    realm,
    nonce,
    opaque: parameters.get('opaque') ?? null,
    algorithm: parameters.get('algorithm') ?? null,
    hash: name.toLowerCase() === 'md5' ? 'md5' : 'sha256',
    session: session !== undefined,
    auth: qualities !== undefined,
    userhash: parameters.get('userhash')?.toLowerCase() === 'true',
  };
}

/** The value of the Authorization header. */
export function digestAuthorization(challenge: DigestChallenge, request: DigestRequest): string {
  const { realm, nonce, opaque, algorithm, session, auth, userhash } = challenge;
  const { method, uri, username, password, nonceCount, cnonce } = request;
  const hash = (text: string): string => createHash(challenge.hash).update(text, 'utf8').digest('hex');
  const ofUser = hash(`${username}:${realm}:${password}`);
  const secret = session ? hash(`${ofUser}:${nonce}:${cnonce}`) : ofUser;
  const count = nonceCount.toString(16).padStart(8, '0');
  const middle = auth ? `${nonce}:${count}:${cnonce}:auth` : nonce;
  const response = hash(`${secret}:${middle}:${hash(`${method}:${uri}`)}`);
  const fields = [
    userhash ? `username=${quoted(hash(`${username}:${realm}`))}` : nameField(username),
    `realm=${quoted(realm)}`,
    `uri=${quoted(uri)}`,
    ...(algorithm === null ? [] : [`algorithm=${algorithm}`]),
    `nonce=${quoted(nonce)}`,
    ...(auth ? [`nc=${count}`] : []),
    ...(auth || session ? [`cnonce=${quoted(cnonce)}`] : []),
    ...(auth ? ['qop=auth'] : []),
    `response=${quoted(response)}`,
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
    ...(userhash ? ['userhash=true'] : []),
  ];
  return `Digest ${fields.join(', ')}`;
}

/** A header holds ASCII: other names are written in the form that RFC 5987 gives them. */
function nameField(username: string): string {
  return /^[\x20-\x7e]*$/.test(username)
    ? `username=${quoted(username)}`
    : `username*=UTF-8''${encodeURIComponent(username).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)}`;
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

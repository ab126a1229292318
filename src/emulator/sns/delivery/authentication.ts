/**
 * A name and a password for an endpoint that asks for them with a 401: Basic (RFC 7617) or Digest (digest.ts).
 *
 * Nothing is told to who does not ask. Who has asked is answered at once from then on: Basic again, Digest with the same nonce and a
 * higher count, until the endpoint gives a new one. Not here: sending (outbound.ts).
 */
import { createHash } from 'node:crypto';
import { type DigestChallenge, digestAuthorization, digestChallenge } from './digest.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface Authentication {
  /** For a request to an endpoint that asked before; null for one that never did. */
  authorization(request: Asked): string | null;
  /** Takes up a WWW-Authenticate header. @returns whether the request can be sent again with an answer to it */
  challenged(request: Asked, header: string): boolean;
}

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly credentials: Credentials;
}

type Way = { readonly kind: 'basic' } | { readonly kind: 'digest'; readonly challenge: DigestChallenge; used: number };

/** More than anybody subscribes; the oldest go, and are asked again. */
const mostEndpoints = 1_000;

export function createAuthentication(): Authentication {
  const ways = new Map<string, Way>();

  return {
    authorization({ method, url, credentials }) {
      const way = ways.get(keyOf(url, credentials));
      if (way === undefined) return null;
      if (way.kind === 'basic') return basicAuthorization(credentials);
      way.used++;
      return digestAuthorization(way.challenge, {
        method,
        uri: `${url.pathname}${url.search}`,
        ...credentials,
        nonceCount: way.used,
        cnonce: cnonceOf(way, credentials),
      });
    },
    challenged({ url, credentials }, header) {
      const way = wayFor(header);
      if (way === null) return false;
      const key = keyOf(url, credentials);
      ways.delete(key);
      ways.set(key, way);
      const [oldest] = ways.keys();
      if (ways.size > mostEndpoints) ways.delete(oldest!);
      return true;
    },
  };
}

/** Takes name and password out of a URL; null when it has neither. */
export function takeCredentials(url: URL): Credentials | null {
  if (url.username === '' && url.password === '') return null;
  const credentials = { username: percentDecoded(url.username), password: percentDecoded(url.password) };
  url.username = '';
  url.password = '';
  return credentials;
}

/** The first challenge that can be answered: servers name the strongest first. Digest goes before Basic, wherever it stands. */
function wayFor(header: string): Way | null {
  const challenges = challengesIn(header);
  for (const { scheme, parameters } of challenges) {
    const challenge = scheme === 'digest' ? digestChallenge(parameters) : null;
    if (challenge !== null) return { kind: 'digest', challenge, used: 0 };
  }
  return challenges.some(({ scheme }) => scheme === 'basic') ? { kind: 'basic' } : null;
}

interface Challenge {
  readonly scheme: string;
  /** Names in small letters. */
  readonly parameters: Map<string, string>;
}

/** A name; behind it `=` and a value, which makes it a parameter of the scheme before it. Else it is a scheme. */
const piece = /([!#$%&'*+.^_`|~\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g;

function challengesIn(header: string): Challenge[] {
  const challenges: Challenge[] = [];
  for (const [text, name = '', quoted, bare] of header.matchAll(piece)) {
    if (text === name) challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else challenges.at(-1)?.parameters.set(name.toLowerCase(), bare ?? quoted!.replaceAll(/\\(.)/g, '$1'));
  }
  return challenges;
}

function basicAuthorization({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

/**
 * Not to be guessed without the password: there is no chance of the host's here to draw from. Different for each request, but for a session,
 * whose key is made of the first one's.
 */
function cnonceOf({ challenge, used }: Extract<Way, { kind: 'digest' }>, { password }: Credentials): string {
  const text = `${challenge.nonce}\n${challenge.session ? 1 : used}\n${password}`;
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 32);
}

const keyOf = ({ origin, pathname }: URL, { username, password }: Credentials): string =>
  [origin, pathname, username, password].join('\n');

/** A percent sign that begins no escape stands for itself. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

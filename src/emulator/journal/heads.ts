/**
 * What of a request is kept beside its body: how it is addressed and who sent it from where; no signature, no key, no token.
 *
 * A program sends thousands of requests with one and the same head, so the journal writes a head once and then its number.
 */
import { type Identity, identify } from '../wire/identity.ts';
import type { WireRequest } from '../wire/message.ts';
import { type FormFields, parseForm } from '../wire/query.ts';

export interface Head {
  readonly method: string;
  /** With the query string, but for the fields of a signature. */
  readonly path: string;
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Every header that answering a request reads, but for authorization, of which only the identity stays. */
export const keptHeaders = [
  'content-encoding',
  'content-type',
  'smithy-protocol',
  'x-amz-target',
  'x-amzn-query-mode',
  'x-amzn-trace-id',
] as const;

/** Where there is a trace header each request has its own, so it is kept only of those that may put it into a message. */
const mayCarryTrace = (target: string | undefined): boolean =>
  target === undefined || /\.SendMessage(?:Batch)?$/.test(target);

export interface ReadHead {
  readonly head: Head;
  readonly identity: Identity;
  /** Null when the query string is malformed. */
  readonly urlFields: FormFields | null;
}

/** @param homeAccountId the account of a request that names none; null: the cloud's own */
export function headOf(
  { method, path, origin, headers }: Pick<WireRequest, 'method' | 'path' | 'origin' | 'headers'>,
  homeAccountId: string | null,
): ReadHead {
  const urlFields = fieldsIn(path);
  const named = identify(headers.authorization, urlFields ?? new Map());
  const identity = named.accountId === null ? { ...named, accountId: homeAccountId } : named;
  const kept: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = headers[name];
    if (value === undefined) continue;
    if (name !== 'x-amzn-trace-id' || mayCarryTrace(headers['x-amz-target'])) kept[name] = value;
  }
  const credential = credentialOf(identity);
  if (credential !== null) kept.authorization = credential;
  return {
    head: { method, path: urlFields === null ? path : withoutSignature(path), origin, headers: kept },
    identity,
    urlFields,
  };
}

/** One text for one head. */
export const headText = (head: Head): string => JSON.stringify(head);

function fieldsIn(path: string): FormFields | null {
  const question = path.indexOf('?');
  if (question < 0) return new Map();
  try {
    return parseForm(path.slice(question + 1));
  } catch {
    return null;
  }
}

/** A signed URL is a secret while it is good; who signed it is kept with the headers. */
function withoutSignature(path: string): string {
  const question = path.indexOf('?');
  if (question < 0) return path;
  const fields = path.slice(question + 1).split('&');
  const kept = fields.filter((field) => !field.startsWith('X-Amz-'));
  return kept.length === fields.length ? path : `${path.slice(0, question)}?${kept.join('&')}`;
}

/** In the form `identify` reads. An access key id is kept only where it is an account, a service only where there can be one. */
function credentialOf({ accountId, region, scopeName }: Identity): string | null {
  if (accountId === null && region === null && scopeName === null) return null;
  const scope = scopeName === null || /^[\w-]{1,64}$/.test(scopeName) ? (scopeName ?? '') : '-';
  return `Credential=${accountId ?? '-'}/-/${region ?? '-'}/${scope}`;
}

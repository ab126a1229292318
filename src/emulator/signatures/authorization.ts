/**
 * What a request says of its own signature: in the `authorization` header, or in the URL when it is presigned.
 *
 * Form only. Whether the signature is right is verify.ts's question; what the account and Region mean, wire/identity.ts's.
 */

/** Of a request; header names in lower case. */
export interface SignedRequest {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

export interface Authorization {
  readonly accessKeyId: string;
  /** `20260302`, of the credential scope. */
  readonly scopeDate: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
  /** In lower case, in the order in which they were signed. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20260302T000000Z` */
  readonly signedAt: string;
}

export type ParsedAuthorization =
  | { readonly kind: 'signed'; readonly authorization: Authorization }
  /** Nothing that looks like a signature. */
  | { readonly kind: 'none' }
  | { readonly kind: 'incomplete'; readonly problem: string };

export const algorithm = 'AWS4-HMAC-SHA256';

/** The header counts when a request has both. */
export function parseAuthorization({ path, headers }: SignedRequest): ParsedAuthorization {
  if (headers.authorization !== undefined) return fromHeader(headers.authorization, headers);
  const fields = new Map(queryPairs(path));
  return fields.has('X-Amz-Algorithm') || fields.has('X-Amz-Signature') ? fromUrl(fields) : { kind: 'none' };
}

function fromHeader(header: string, headers: SignedRequest['headers']): ParsedAuthorization {
  const shown = header.slice(0, 256);
  const [name = '', rest = ''] = split(header.trim(), ' ');
  const parameters = new Map<string, string>();
  for (const part of name === algorithm ? rest.split(',') : []) {
    const pair = part.trim();
    if (pair === '') continue;
    const [key, value] = split(pair, '=');
    if (value === undefined) {
      const problem = `'${pair}' not a valid key=value pair (missing equal-sign) in Authorization header: '${shown}'.`;
      return { kind: 'incomplete', problem };
    }
    // The first counts, as it does for wire/identity.ts.
    if (!parameters.has(key)) parameters.set(key, value);
  }
  const absent = ['Credential', 'Signature', 'SignedHeaders']
    .filter((key) => !parameters.get(key))
    .map((key) => `Authorization header requires '${key}' parameter. `);
  const date = headers['x-amz-date'] ?? basicDate(headers.date);
  if (date === undefined)
    absent.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
  if (absent.length > 0) return { kind: 'incomplete', problem: `${absent.join('')}Authorization=${shown}` };
  return complete(parameters.get('Credential')!, parameters.get('SignedHeaders')!, parameters.get('Signature')!, date!);
}

function fromUrl(fields: ReadonlyMap<string, string>): ParsedAuthorization {
  const absent = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date']
    .filter((key) => !fields.get(key))
    .map((key) => `AWS query-string parameters must include '${key}'. `);
  const given = fields.get('X-Amz-Algorithm');
  if (given && given !== algorithm) absent.push(`Unsupported AWS 'algorithm': '${given.slice(0, 64)}'. `);
  if (absent.length > 0)
    return { kind: 'incomplete', problem: `${absent.join('')}Re-examine the query-string parameters.` };
  return complete(
    fields.get('X-Amz-Credential')!,
    fields.get('X-Amz-SignedHeaders')!,
    fields.get('X-Amz-Signature')!,
    fields.get('X-Amz-Date')!,
  );
}

function complete(credential: string, signedHeaders: string, signature: string, date: string): ParsedAuthorization {
  const parts = credential.split('/');
  if (parts.length < 5) {
    const problem = `Credential must have at least 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential.slice(0, 256)}'`;
    return { kind: 'incomplete', problem };
  }
  if (!/^\d{8}T\d{6}Z$/.test(date) || Number.isNaN(signingTimeMs(date))) {
    const problem = `Date must be in ISO-8601 'basic format'. Got '${date.slice(0, 64)}'. See http://en.wikipedia.org/wiki/ISO_8601`;
    return { kind: 'incomplete', problem };
  }
  // Only the key's id may hold slashes itself.
  const [scopeDate = '', region = '', service = '', terminator = ''] = parts.slice(-4);
  return {
    kind: 'signed',
    authorization: {
      accessKeyId: parts.slice(0, -4).join('/'),
      scopeDate,
      region,
      service,
      terminator,
      signedHeaders: signedHeaders.toLowerCase().split(';'),
      signature,
      signedAt: date,
    },
  };
}

/** `20260302T000000Z` as epoch milliseconds; NaN for a day that is none. */
export function signingTimeMs(basic: string): number {
  return Date.parse(basic.replace(/^(....)(..)(..T..)(..)(..)/, '$1-$2-$3:$4:$5'));
}

/** The basic form of a `Date` header, of either the HTTP or the ISO kind; undefined when there is none to read. */
function basicDate(date: string | undefined): string | undefined {
  if (date === undefined || /^\d{8}T\d{6}Z$/.test(date)) return date;
  const ms = Date.parse(date);
  return Number.isNaN(ms)
    ? undefined
    : new Date(ms)
        .toISOString()
        .replace(/\.\d+Z$/, 'Z')
        .replace(/[-:]/g, '');
}

/** Names and values of a query string, decoded; one that cannot be decoded stays as it is. */
export function queryPairs(path: string): [name: string, value: string][] {
  const query = split(path, '?')[1] ?? '';
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name, value = ''] = split(pair, '=');
      return [decoded(name), decoded(value)];
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** At the first separator only. */
function split(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

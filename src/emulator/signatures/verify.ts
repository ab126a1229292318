/**
 * Is a request signed by who it says? Signature Version 4, in the header or in the URL.
 *
 * Pure: keys and clock are handed in. The verdict names what is wrong in AWS's words; errors.ts gives it a code. Temporary credentials are
 * not known apart: a session token counts as any other signed field.
 */
import { timingSafeEqual } from 'node:crypto';
import { isRegion } from '../wire/identity.ts';
import { type Authorization, parseAuthorization, type SignedRequest, signingTimeMs } from './authorization.ts';
import { canonicalRequest, signatureOf, stringToSign } from './canonical.ts';
import type { AccessKey } from './keyFile.ts';

export type SignatureFault = 'missing' | 'incomplete' | 'unknown-key' | 'mismatch';

export type Verdict =
  | { readonly ok: true; readonly key: AccessKey }
  | { readonly ok: false; readonly fault: SignatureFault; readonly message: string };

export interface VerifyOptions {
  /** By access key id. */
  readonly keys: ReadonlyMap<string, AccessKey>;
  /** Name the credential scope must have; null: the request names no service of ours. */
  readonly scopeName: string | null;
  /** Epoch milliseconds, of a clock that goes with the clients' own. */
  readonly nowMs: number;
  /** How far the signing time may be from `nowMs`. `X-Amz-Expires` says nothing more, as with every service but S3. */
  readonly skewMinutes: number;
}

export function verifySignature(request: SignedRequest, options: VerifyOptions): Verdict {
  const parsed = parseAuthorization(request);
  if (parsed.kind === 'none') return refused('missing', 'Request is missing Authentication Token');
  if (parsed.kind === 'incomplete') return refused('incomplete', parsed.problem);
  const { authorization } = parsed;
  const key = options.keys.get(authorization.accessKeyId);
  if (key === undefined) return refused('unknown-key', 'The security token included in the request is invalid.');
  const problem = scopeProblem(authorization, options.scopeName) ?? timeProblem(authorization, options);
  if (problem !== null) return refused('mismatch', problem);
  return compare(request, authorization, key);
}

const refused = (fault: SignatureFault, message: string): Verdict => ({ ok: false, fault, message });

function scopeProblem(authorization: Authorization, scopeName: string | null): string | null {
  const { region, service, terminator, scopeDate, signedAt, signedHeaders } = authorization;
  const problems: string[] = [];
  if (!isRegion(region)) problems.push(`Credential should be scoped to a valid region, not '${region}'. `);
  if (scopeName !== null && service !== scopeName)
    problems.push(`Credential should be scoped to correct service: '${scopeName}'. `);
  if (terminator !== 'aws4_request')
    problems.push(`Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'. `);
  if (scopeDate !== signedAt.slice(0, 8)) {
    problems.push(
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ' +
        `'${scopeDate}' != '${signedAt.slice(0, 8)}', from '${signedAt}'. `,
    );
  }
  if (!signedHeaders.includes('host') && !signedHeaders.includes(':authority'))
    problems.push("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization. ");
  return problems.length === 0 ? null : problems.join('').trimEnd();
}

function timeProblem({ signedAt }: Authorization, { nowMs, skewMinutes }: VerifyOptions): string | null {
  const skewMs = skewMinutes * 60_000;
  const signedMs = signingTimeMs(signedAt);
  if (signedMs < nowMs - skewMs)
    return `Signature expired: ${signedAt} is now earlier than ${basic(nowMs - skewMs)} (${basic(nowMs)} - ${skewMinutes} min.)`;
  if (signedMs > nowMs + skewMs)
    return `Signature not yet current: ${signedAt} is still later than ${basic(nowMs + skewMs)} (${basic(nowMs)} + ${skewMinutes} min.)`;
  return null;
}

const basic = (ms: number): string =>
  new Date(ms)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');

function compare(request: SignedRequest, authorization: Authorization, key: AccessKey): Verdict {
  const canonical = canonicalRequest(request, authorization.signedHeaders);
  const text = stringToSign(authorization, canonical);
  const right = Buffer.from(signatureOf(key.secretAccessKey, authorization, text), 'latin1');
  const given = Buffer.from(authorization.signature, 'latin1');
  if (right.length === given.length && timingSafeEqual(right, given)) return { ok: true, key };
  return refused(
    'mismatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
      `and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${canonical}'\n\n` +
      `The String-to-Sign should have been\n'${text}'\n`,
  );
}

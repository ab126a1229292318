/**
 * What went wrong between us and an endpoint, in our words: by the error's name, its HTTP status and its network cause.
 *
 * Pure. Nothing that a server or the SDK said leaves here without `redact`: secrets must not reach screens or logs.
 */
import { SpillwayError } from '../core/errors.ts';

export interface CallContext {
  /** As IAM spells it: `sqs:ListQueues`. */
  readonly action: string;
  readonly endpoint: string;
  /** The connection's name. */
  readonly connection: string;
  /** Endpoint's clock minus ours, from its last Date header; null when none was seen. */
  readonly skewSeconds: number | null;
  /** What to wait before this action is tried again, when it is throttled. */
  readonly waitSeconds: number;
  readonly redact: (text: string) => string;
}

/** Thrown by the clients' own check of a response (clients.ts) before the SDK tries to parse it. */
export class NotAwsError extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'NotAwsError';
  }
}

const throttled = new Set([
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);
const rejected = new Set([
  'AuthFailure',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);
const denied = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'NotAuthorized',
  'NotAuthorizedException',
  'OptInRequired',
  'UnauthorizedOperation',
]);
const skewed = new Set(['RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed']);
// Services word a wrong clock as a signature error: "Signature expired: 20260302T... is now earlier than ...".
const skewWords = /signature (expired|not yet current)|must be within .* of|is now (earlier|later) than/i;

/** Never refused credentials, although the names end alike: the profile or the chain had nothing to sign with. */
const missing = new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError']);

/** @returns the error to throw instead; a `SpillwayError` passes through */
export function awsError(thrown: unknown, context: CallContext): SpillwayError {
  if (thrown instanceof SpillwayError) return thrown;
  const { action, endpoint, connection } = context;
  const error = describe(thrown);
  const detail = context.redact(error.detail).slice(0, 300);

  if (error.name === 'AbortError') return new SpillwayError('CANCELLED');
  if (error.unreadable || (error.status >= 300 && error.status < 400)) {
    return new SpillwayError('RESPONSE_MALFORMED', { action, endpoint, detail }, true);
  }
  if (missing.has(error.name)) return new SpillwayError('CREDENTIALS_MISSING', { connection, detail });
  if (skewed.has(error.name) || (rejected.has(error.name) && skewWords.test(error.detail))) {
    return new SpillwayError('CLOCK_SKEW', { endpoint, skewSeconds: context.skewSeconds ?? '?' }, true);
  }
  if (throttled.has(error.name) || error.status === 429) {
    return new SpillwayError('THROTTLED', { action, waitSeconds: context.waitSeconds }, true);
  }
  if (rejected.has(error.name)) return new SpillwayError('CREDENTIALS_REJECTED', { endpoint, connection, detail });
  if (denied.has(error.name) || error.status === 403) return new SpillwayError('ACCESS_DENIED', { connection, action });
  if (error.network !== null) {
    return new SpillwayError('ENDPOINT_UNREACHABLE', { endpoint, detail: context.redact(error.network) }, true);
  }
  return new SpillwayError('AWS_CALL_FAILED', { action, detail }, error.status === 0 || error.status >= 500);
}

interface Described {
  readonly name: string;
  readonly detail: string;
  /** 0 when there was no answer. */
  readonly status: number;
  /** Why nothing could be reached; null when something answered. */
  readonly network: string | null;
  /** There was an answer, and it was not in any form that AWS uses. */
  readonly unreadable: boolean;
}

/** What the SDK makes of an answer that holds neither a code nor a message. */
const codeless = new Set(['Unknown', 'UnknownError', 'NotFound', '']);

/** What the SDK appends to an error of its parsers; only a programmer can follow it. */
const parserHint = /\s*Deserialization error: to see the raw response.*$/s;

function describe(thrown: unknown): Described {
  if (!(thrown instanceof Error)) {
    return { name: '', detail: String(thrown), status: 0, network: null, unreadable: false };
  }
  const { name, message } = thrown;
  const status = (thrown as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
  const words = message.replace(parserHint, '');
  const text = words === '' || words === 'UnknownError' ? `${name}, HTTP ${status}` : `${name}: ${words}`;
  return {
    name,
    detail: text.replaceAll(/\s+/g, ' '),
    status,
    network: networkCause(thrown),
    unreadable:
      name === 'NotAwsError' ||
      thrown instanceof SyntaxError ||
      parserHint.test(message) ||
      // A refusal without any of AWS's words: a web server that knows no such path, a proxy.
      (status >= 400 && status < 500 && codeless.has(name) && codeless.has(words)),
  };
}

/** Codes of Node's net, tls and dns, wherever they hide: in the error, its cause, or (both address families) its list. */
function networkCause(error: unknown, depth = 0): string | null {
  if (!(error instanceof Error) || depth > 4) return null;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  // The code first: the SDK names a reset connection TimeoutError, too.
  if (typeof code === 'string' && networkCode.test(code)) return code;
  if (error.name === 'TimeoutError') return 'no answer in time';
  if (error instanceof AggregateError) {
    for (const inner of error.errors) {
      const found = networkCause(inner, depth + 1);
      if (found !== null) return found;
    }
  }
  return networkCause(cause, depth + 1);
}

const networkCode =
  /^(E(CONN(REFUSED|RESET|ABORTED)|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN|PIPE|PROTO)|ERR_(TLS|SSL|HTTP2)_\w+|(UNABLE_TO|CERT_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH)\w*|HPE_\w+)$/;

/**
 * A function that blanks secrets in text.
 * @param secrets empty and very short ones are left out: they would blank ordinary words
 */
export function redactor(secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets.filter((secret): secret is string => secret !== undefined && secret.length >= 6);
  return (text) => known.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

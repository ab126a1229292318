/**
 * Who may come in: which services are served, and whose signatures are good.
 *
 * Everybody may call everything until told otherwise; then a request is looked at here before a service sees it. Not here: the signature
 * itself (../signatures), what the caller may do, but for callers without a signature (unsigned.ts).
 */
import type { Cloud } from '../cloud.ts';
import { AwsError, type Service } from '../service.ts';
import { type AccessKey, signatureError, verifySignature } from '../signatures/index.ts';
import { decodeUtf8 } from '../wire/bytes.ts';
import { errorReply } from '../wire/errorReply.ts';
import { identify } from '../wire/identity.ts';
import { plainBody } from '../wire/inflate.ts';
import { cut, type WireReply, type WireRequest } from '../wire/message.ts';
import { parseForm } from '../wire/query.ts';
import { type Address, dialectOf, route } from '../wire/router.ts';
import { ownerWhoAllows } from './unsigned.ts';

export interface AdmissionRules {
  /** Names as `serviceName` gives them; null: all. */
  readonly services: ReadonlySet<string> | null;
  /** By access key id; null: signatures are not looked at. */
  readonly keys: ReadonlyMap<string, AccessKey> | null;
  /** The host's clock, epoch milliseconds: clients sign by theirs. */
  nowMs(): number;
}

/** `cloud` is the one to answer from: its home is the caller's account. */
export type Admission =
  | { readonly admitted: true; readonly cloud: Cloud }
  | { readonly admitted: false; readonly reply: WireReply };

/** As the AWS CLI calls it: the name of its credential scope, but for CloudWatch. */
export const serviceName = ({ scopeName }: Service): string => (scopeName === 'monitoring' ? 'cloudwatch' : scopeName);

/** People follow these from a mail or a log, so AWS takes them unsigned. */
const unsignedActions = new Set(['sns ConfirmSubscription', 'sns Unsubscribe']);

/** Services that began with Query allow a quarter of an hour between the clocks, the others a third of that. */
const skewMinutes = (service: Service | null): number => (service !== null && service.query === null ? 5 : 15);

/** Errors of the front end are of its own model, whichever service was meant. */
const frontEnd = 'com.amazon.coral.service';

export function admit(request: WireRequest, cloud: Cloud, rules: AdmissionRules, requestId: string): Admission {
  const address = addressOf(request, cloud.home.services);
  const { service, wanted } = address;
  const refuse = (error: AwsError): Admission => {
    const inFront = service && { ...service, errorNamespace: frontEnd };
    const queryMode = request.headers['x-amzn-query-mode'] === 'true';
    return { admitted: false, reply: errorReply({ ...address, service: inFront }, error, requestId, queryMode) };
  };
  if (service !== null && rules.services !== null && !rules.services.has(serviceName(service)))
    return refuse(notServed(service, rules.services));
  if (rules.keys === null) return { admitted: true, cloud };
  const scopeName = service?.scopeName ?? null;
  const verdict = verifySignature(request, {
    keys: rules.keys,
    scopeName,
    nowMs: rules.nowMs(),
    skewMinutes: skewMinutes(service),
  });
  if (verdict.ok) return { admitted: true, cloud: homeOf(verdict.key, cloud) };
  if (verdict.fault === 'missing' && claimsNothing(request)) {
    if (unsignedActions.has(`${scopeName} ${wanted}`)) return { admitted: true, cloud };
    const ownerId = ownerWhoAllows(request, address, cloud);
    if (ownerId !== null) return { admitted: true, cloud: homeAt(ownerId, cloud) };
  }
  return refuse(signatureError(verdict.fault, verdict.message, service));
}

/** An id of twelve digits names its account by itself (wire/identity.ts). */
function homeOf({ accountId }: AccessKey, cloud: Cloud): Cloud {
  return accountId === null ? cloud : homeAt(accountId, cloud);
}

function homeAt(accountId: string, cloud: Cloud): Cloud {
  return accountId === cloud.home.accountId ? cloud : { ...cloud, home: cloud.at(accountId, cloud.home.region) };
}

/** A name without a signature would be believed further in: who is nobody must say so. */
function claimsNothing({ path, headers }: WireRequest): boolean {
  try {
    const { accountId, region, scopeName } = identify(headers.authorization, parseForm(cut(path)[1]));
    return accountId === null && region === null && scopeName === null;
  } catch {
    return false;
  }
}

function notServed(service: Service, services: ReadonlySet<string>): AwsError {
  const served = [...services].sort().join(', ');
  const message = `The service ${serviceName(service)} is not served by this emulator, which serves ${served} (--services).`;
  return new AwsError('OptInRequired', message, { status: 403 });
}

/** What the request means, if it can be read that far; what cannot is refused later, in the right words. */
function addressOf({ method, path: whole, headers, body }: WireRequest, services: readonly Service[]): Address {
  const [path, query] = cut(whole);
  const dialect = dialectOf(headers, path);
  try {
    const urlFields = parseForm(query);
    const form = dialect === 'query' ? parseForm(decodeUtf8(plainBody(headers['content-encoding'], body)) ?? '') : [];
    const identity = identify(headers.authorization, urlFields);
    return route({ method, path, headers, fields: new Map([...urlFields, ...form]), identity }, services);
  } catch {
    return { dialect: dialect ?? 'json-1.0', service: null, action: null, wanted: '' };
  }
}

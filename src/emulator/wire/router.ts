/**
 * Which service and which action a request means, and in which dialect it is written.
 *
 * Five ways, tried in this order: RPC v2 CBOR path, `x-amz-target` (JSON, or CBOR of the older kind), a Query form,
 * Query in the URL, and whatever is left, which no emulated service answers. Where the address is one of Query's and no action is named, no
 * protocol claims the request.
 */
import { notServed } from '../depth.ts';
import type { Action, Service } from '../service.ts';
import { AwsError } from '../service.ts';
import type { Identity } from './identity.ts';
import type { FormFields } from './query.ts';
import { queryJsonType } from './queryJson.ts';

export type Dialect = 'query' | 'json-1.0' | 'json-1.1' | 'cbor-1.1' | 'rpc-cbor';

export interface Address {
  readonly dialect: Dialect;
  /** null: nobody here answers. The error is still written in the dialect of the request. */
  readonly service: Service | null;
  readonly action: Action<unknown> | null;
  /** A Query request may ask for its reply as JSON. */
  readonly repliesJson?: boolean;
  /** What the request asked for, for the words of the refusal. */
  readonly wanted: string;
  /** Query: the version it was asked for in. */
  readonly version?: string | undefined;
}

export interface Addressed {
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** URL fields and, for Query, form fields. */
  readonly fields: FormFields;
  readonly identity: Identity;
}

/** How the bytes are to be read, told by headers and address alone. */
export function dialectOf(headers: Addressed['headers'], path: string): Dialect | null {
  if (headers['smithy-protocol'] === 'rpc-v2-cbor' || isRpcPath(path)) return 'rpc-cbor';
  const contentType = mediaType(headers['content-type'] ?? '');
  if (headers['x-amz-target'] !== undefined) {
    if (contentType === 'application/x-amz-cbor-1.1') return 'cbor-1.1';
    return contentType === 'application/x-amz-json-1.1' ? 'json-1.1' : 'json-1.0';
  }
  if (contentType === 'application/x-www-form-urlencoded') return 'query';
  return null;
}

/** Without parameters. */
function mediaType(contentType: string): string {
  const semicolon = contentType.indexOf(';');
  return (semicolon < 0 ? contentType : contentType.slice(0, semicolon)).trim().toLowerCase();
}

const isRpcPath = (path: string): boolean => path.startsWith('/service/') && rpcPath.test(path);
const rpcPath = /^\/service\/([^/]{1,128})\/operation\/([^/]{1,128})$/;

export function route(
  request: Addressed,
  services: readonly Service[],
  dialect = dialectOf(request.headers, request.path),
): Address {
  const { headers, path } = request;
  switch (dialect) {
    case 'rpc-cbor':
      return routeRpc(path, services);
    case 'json-1.0':
    case 'json-1.1':
    case 'cbor-1.1':
      return routeTarget(dialect, headers['x-amz-target'] ?? '', services);
    case 'query':
      return routeQuery(request, services);
    case null:
      if (request.fields.has('Action') || isQueryAddress(request, services)) return routeQuery(request, services);
      return { dialect: 'json-1.0', service: null, action: null, wanted: `${request.method} ${path}`.slice(0, 128) };
  }
}

function routeRpc(path: string, services: readonly Service[]): Address {
  const [, serviceName = '', operation = ''] = rpcPath.exec(path) ?? [];
  const service = services.find((one) => one.cbor?.serviceName === serviceName) ?? null;
  return found('rpc-cbor', service, operation);
}

function routeTarget(dialect: Dialect, target: string, services: readonly Service[]): Address {
  const dot = target.lastIndexOf('.');
  const prefix = target.slice(0, dot);
  const service = services.find((one) => one.json?.targetPrefix === prefix) ?? null;
  return found(dialect, service, target.slice(dot + 1));
}

/** The version names the service. Old versions and requests without one fall back on the signature, then on the address and the action. */
function routeQuery({ fields, identity, path, headers }: Addressed, services: readonly Service[]): Address {
  const version = fields.get('Version');
  const wanted = fields.get('Action') ?? '';
  const ofQuery = services.filter((one) => one.query !== null);
  const owners = ofQuery.filter((one) => one.ownsPath?.(path) != null);
  // A version that nobody has is refused, whatever the action.
  const has = (one: Service): boolean => version === undefined && one.actions.has(wanted);
  const service =
    ofQuery.find((one) => one.query!.version === version) ??
    ofQuery.find((one) => one.scopeName === identity.scopeName) ??
    owners.find(has) ??
    ofQuery.find(has) ??
    owners[0] ??
    null;
  const address = { ...found('query', service, wanted), version };
  return mediaType(headers.accept ?? '') === queryJsonType ? { ...address, repliesJson: true } : address;
}

/** One that names a queue, say; unless the body is in a form of AWS JSON or CBOR, which lack their target then. */
const isQueryAddress = ({ path, headers }: Addressed, services: readonly Service[]): boolean =>
  !/^application\/(?:x-amz-|cbor)/.test(mediaType(headers['content-type'] ?? '')) &&
  services.some((one) => one.query !== null && one.ownsPath?.(path) != null);

/** No protocol claims the request, because it names no action: AWS answers with one bare element, whatever the service and the dialect. */
export class UnclaimedRequest extends AwsError {
  constructor() {
    super('UnknownOperationException', 'The request names no action.', { status: 404 });
  }
}

/** A front end that has no such action in any service: it answers in the name of none. */
export class UnknownQueryAction extends AwsError {
  constructor(action: string, version = 'NO_VERSION_SPECIFIED') {
    super('InvalidAction', `Could not find operation ${action} for version ${version.slice(0, 128)}`);
  }
}

function found(dialect: Dialect, service: Service | null, wanted: string): Address {
  return { dialect, service, action: service?.actions.get(wanted) ?? null, wanted: wanted.slice(0, 128) };
}

/** The refusal of a request that names nothing we have, in the words of its dialect's front end. */
export function unknownAction({ dialect, service, wanted, version }: Address): AwsError {
  if (service !== null && notServed[service.scopeName]?.includes(wanted)) {
    return new AwsError('UnknownOperationException', `${wanted} is an action that this emulator does not serve.`, {
      queryCode: 'InvalidAction',
    });
  }
  if (dialect === 'query') {
    if (wanted === '') return new UnclaimedRequest();
    if (service?.ownFrontEnd !== true) return new UnknownQueryAction(wanted, version);
    return new AwsError('InvalidAction', `The action ${wanted} is not valid for this endpoint.`);
  }
  return new AwsError('UnknownOperationException', `Unknown operation: ${wanted}`, {
    queryCode: 'InvalidAction',
    status: service === null && wanted.includes('/') ? 404 : 400,
  });
}

/**
 * One request from bytes to bytes: identify, route, decode, validate, run, encode. Whatever happens, the client gets a
 * reply in its own dialect with a request id; nothing thrown leaves this file.
 */
import type { Cloud, CloudRegion } from '../cloud.ts';
import type { CallScope, Service } from '../service.ts';
import { AwsError } from '../service.ts';
import { decodeUtf8 } from './bytes.ts';
import { decodeCbor, encodeCbor, millisecondsLeaves, secondsLeaves } from './cbor.ts';
import { decodeJson, encodeJson } from './document.ts';
import { errorReply } from './errorReply.ts';
import { type Identity, identify } from './identity.ts';
import { plainBody } from './inflate.ts';
import { InputError, serializationError, validationError } from './inputError.ts';
import { cut, type Replying, type WireReply, type WireRequest } from './message.ts';
import { decodeQuery, type FormFields, parseForm } from './query.ts';
import { encodeQueryJson, queryJsonType } from './queryJson.ts';
import { type Address, type Addressed, type Dialect, dialectOf, route, unknownAction } from './router.ts';
import { type StructureShape, structure } from './shapes.ts';
import { validate } from './validate.ts';
import { encodeXmlReply } from './xml.ts';

export function answer(request: WireRequest, cloud: Cloud, requestId: string): Replying {
  const queryMode = request.headers['x-amzn-query-mode'] === 'true';
  const [path, question] = cut(request.path);
  const dialect = dialectOf(request.headers, path);
  let address = addressBeforeReading(dialect, question);
  const refuse = (thrown: unknown): WireReply =>
    errorReply(address, toAwsError(thrown, address.service), requestId, queryMode);
  try {
    const read = readRequest(request, path, question, dialect);
    address = route(read, cloud.home.services, dialect);
    const { service, action } = address;
    if (service === null || action === null) throw unknownAction(address);
    const { input, printable } = decodeInput(address, service, action.input, read);
    // Not before: whoever is named first is made, and a request that cannot be read is to leave nothing behind.
    const at = placeOf(read.identity, cloud);
    const scope: CallScope = {
      accountId: at.accountId,
      region: at.region,
      signed: read.identity.scopeName !== null,
      origin: request.origin,
      requestId,
      traceHeader: request.headers['x-amzn-trace-id'],
      printable,
      signal: request.signal,
    };
    const running = action.run(stateOf(at, service, cloud.home), input as never, scope);
    // Things an action makes due at this very instant happen before the next request, also while the clock is held.
    cloud.world.advanceTo(cloud.world.nowMs());
    const succeed = (output: unknown): WireReply => successReply(address, service, action.output, output, requestId);
    return running instanceof Promise ? running.then(succeed).catch(refuse) : succeed(running);
  } catch (thrown) {
    return refuse(thrown);
  }
}

/** In what form to refuse a request whose body cannot even be read. */
function addressBeforeReading(dialect: Dialect | null, question: string): Address {
  const asked = (): Dialect => (/(?:^|&)Action(?:[=&]|$)/.test(question) ? 'query' : 'json-1.0');
  return { dialect: dialect ?? asked(), service: null, action: null, wanted: '' };
}

/** Nearly every request is for the cloud's home. */
function placeOf({ accountId, region }: Identity, { home, at }: Cloud): CloudRegion {
  const isHome = (accountId ?? home.accountId) === home.accountId && (region ?? home.region) === home.region;
  return isHome ? home : at(accountId ?? home.accountId, region ?? home.region);
}

/** What a service of the home keeps in another place; every place has the same services. */
function stateOf(at: CloudRegion, service: Service, home: CloudRegion): unknown {
  if (at === home) return service.state;
  return at.services.find(({ scopeName }) => scopeName === service.scopeName)?.state;
}

interface ReadRequest extends Addressed {
  readonly body: Uint8Array;
}

const noFields: FormFields = new Map();

function readRequest(request: WireRequest, path: string, question: string, dialect: Dialect | null): ReadRequest {
  const { headers, method } = request;
  const body = plainBody(headers['content-encoding'], request.body);
  const urlFields = question === '' ? noFields : parseForm(question);
  const identity = identify(headers.authorization, urlFields);
  const form = dialect === 'query' ? parseForm(textOf(body)) : null;
  const fields = form === null ? urlFields : new Map([...urlFields, ...form]);
  return { method, path, headers, fields, identity, body };
}

function textOf(body: Uint8Array): string {
  const text = decodeUtf8(body);
  if (text === null) throw serializationError('the body is not UTF-8');
  return text;
}

interface Decoded {
  readonly input: Record<string, unknown>;
  readonly printable: boolean;
}

function decodeInput({ dialect }: Address, service: Service, shape: StructureShape, read: ReadRequest): Decoded {
  const decoded = decodeBody(dialect, service, shape, read);
  validate(shape, decoded.input);
  return decoded;
}

function decodeBody(dialect: Dialect, service: Service, shape: StructureShape, read: ReadRequest): Decoded {
  switch (dialect) {
    case 'query': {
      // An address that names a queue stands in for the parameter.
      const fields = new Map([...Object.entries(service.ownsPath?.(read.path) ?? {}), ...read.fields]);
      return { input: decodeQuery(shape, fields), printable: false };
    }
    case 'rpc-cbor':
      return { input: decodeCbor(shape, read.body, secondsLeaves), printable: false };
    case 'cbor-1.1':
      return { input: decodeCbor(shape, read.body, millisecondsLeaves), printable: false };
    default: {
      const text = textOf(read.body);
      // JSON has no control characters but behind a backslash, and whatever is not ASCII takes more bytes than it has characters.
      const printable = text.length === read.body.length && !text.includes('\\');
      return { input: decodeJson(shape, text), printable };
    }
  }
}

/** CBOR has a document also where the model has no output. */
const nothing = structure({});

function successReply(
  { dialect, wanted, repliesJson }: Address,
  service: Service,
  shape: StructureShape | null,
  output: unknown,
  requestId: string,
): WireReply {
  const headers = (contentType: string): Record<string, string> => ({
    'content-type': contentType,
    'x-amzn-requestid': requestId,
  });
  switch (dialect) {
    case 'query': {
      const { xmlNamespace, xmlForm: form, jsonNames: names = {} } = service.query!;
      if (repliesJson) {
        const body = encodeQueryJson({ action: wanted, requestId, shape, value: output, names });
        return { status: 200, headers: headers(queryJsonType), body };
      }
      const body = encodeXmlReply({ action: wanted, xmlNamespace, form, requestId, shape, value: output });
      return { status: 200, headers: headers('text/xml'), body };
    }
    case 'rpc-cbor':
      return {
        status: 200,
        headers: { ...headers('application/cbor'), 'smithy-protocol': 'rpc-v2-cbor' },
        body: encodeCbor(shape ?? nothing, output, secondsLeaves),
      };
    case 'cbor-1.1':
      return {
        status: 200,
        headers: headers('application/x-amz-cbor-1.1'),
        body: encodeCbor(shape ?? nothing, output, millisecondsLeaves),
      };
    default:
      return {
        status: 200,
        headers: headers(`application/x-amz-${dialect}`),
        body: shape === null ? '' : encodeJson(shape, output),
      };
  }
}

function toAwsError(thrown: unknown, service: Service | null): AwsError {
  if (thrown instanceof AwsError) return thrown;
  if (thrown instanceof InputError) return service?.refuseInput?.(thrown.problem) ?? validationError(thrown.problem);
  // A bug of the emulator, said as AWS says its own.
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new AwsError('InternalFailure', `The emulator failed: ${detail}`, { status: 500, fault: 'Receiver' });
}

/**
 * An error in the form each dialect's clients read: XML (or JSON of Query's own), or `__type` and `message` with the headers that tell the code.
 *
 * Clients that came from Query ask with `x-amzn-query-mode` to hear the legacy code as well.
 */
import { encode } from 'cborg';
import type { AwsError, Service } from '../service.ts';
import type { WireReply } from './message.ts';
import { encodeQueryJsonError, queryJsonType } from './queryJson.ts';
import { type Address, UnclaimedRequest, UnknownQueryAction } from './router.ts';
import { encodeXmlError } from './xml.ts';

/** Errors of the common front end belong to no service's model. */
const frontEnd = 'com.amazon.coral.service';
const frontEndShapes = new Set([
  'SerializationException',
  'UnknownOperationException',
  'RequestEntityTooLarge',
  'InternalFailure',
]);
/** SQS says these without having them in its model; CloudWatch's has them. */
const shapesOfNoModel = new Set(['InvalidParameterValueException', 'MissingRequiredParameterException']);

/** Messages repeat what was wrong, and that may be all of a body. */
const longestMessage = 4_096;

export function errorReply(
  { dialect, service, repliesJson }: Pick<Address, 'dialect' | 'service' | 'repliesJson'>,
  error: AwsError,
  requestId: string,
  queryMode: boolean,
): WireReply {
  if (error instanceof UnclaimedRequest) return unclaimedReply(error, requestId);
  if (dialect === 'query') {
    const message = error.queryMessage.slice(0, longestMessage);
    if (repliesJson) return jsonReply(error, message, requestId);
    return xmlReply(error instanceof UnknownQueryAction ? null : service, error, message, requestId);
  }
  const message = error.message.slice(0, longestMessage);
  const headers: Record<string, string> = {
    'x-amzn-requestid': requestId,
    'x-amzn-errortype': error.shape,
  };
  if (queryMode && service?.query != null) headers['x-amzn-query-error'] = `${error.queryCode};${error.fault}`;
  const fields = { __type: typeOf(service, error.shape), message };
  if (dialect === 'rpc-cbor') {
    headers['smithy-protocol'] = 'rpc-v2-cbor';
    return { status: error.status, headers: { ...headers, 'content-type': 'application/cbor' }, body: encode(fields) };
  }
  const contentType = `application/x-amz-${dialect}`;
  const body = dialect === 'cbor-1.1' ? encode(fields) : JSON.stringify(fields);
  return { status: error.status, headers: { ...headers, 'content-type': contentType }, body };
}

function typeOf(service: Service | null, shape: string): string {
  const isFrontEnds =
    service === null || frontEndShapes.has(shape) || (service.ownFrontEnd === true && shapesOfNoModel.has(shape));
  return `${isFrontEnds ? frontEnd : service.errorNamespace}#${shape}`;
}

/** As recorded: without content type. */
const unclaimedReply = ({ status, shape }: AwsError, requestId: string): WireReply => ({
  status,
  headers: { 'x-amzn-requestid': requestId },
  body: `<${shape}/>\n`,
});

function jsonReply({ status, fault, queryCode: code }: AwsError, message: string, requestId: string): WireReply {
  const headers = { 'content-type': queryJsonType, 'x-amzn-requestid': requestId };
  return { status, headers, body: encodeQueryJsonError({ fault, code, message, requestId }) };
}

function xmlReply(service: Service | null, error: AwsError, message: string, requestId: string): WireReply {
  const body = encodeXmlError({
    xmlNamespace: service?.query?.xmlNamespace ?? 'http://webservices.amazon.com/AWSFault/2005-15-09',
    form: service?.query?.xmlForm ?? 'indented',
    fault: error.fault,
    code: error.queryCode,
    message,
    requestId,
  });
  return { status: error.status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}

/**
 * An error in the form each dialect's clients read: XML, or `__type` and `message` with the headers that tell the code.
 *
 * Clients that came from Query ask with `x-amzn-query-mode` to hear the legacy code as well.
 */
import { encode } from 'cborg';
import type { AwsError, Service } from '../service.ts';
import type { WireReply } from './message.ts';
import type { Address } from './router.ts';
import { encodeXmlError } from './xml.ts';

/** Errors of the common front end belong to no service's model. */
const frontEnd = 'com.amazon.coral.service';
const frontEndShapes = new Set([
  'SerializationException',
  'UnknownOperationException',
  'RequestEntityTooLarge',
  'InternalFailure',
  'InvalidParameterValueException',
  'MissingRequiredParameterException',
]);

/** Messages repeat what was wrong, and that may be all of a body. */
const longestMessage = 4_096;

export function errorReply(
  { dialect, service }: Pick<Address, 'dialect' | 'service'>,
  error: AwsError,
  requestId: string,
  queryMode: boolean,
): WireReply {
  if (dialect === 'query') return xmlReply(service, error, error.queryMessage.slice(0, longestMessage), requestId);
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
  return `${service === null || frontEndShapes.has(shape) ? frontEnd : service.errorNamespace}#${shape}`;
}

function xmlReply(service: Service | null, error: AwsError, message: string, requestId: string): WireReply {
  const body = encodeXmlError({
    xmlNamespace: service?.query?.xmlNamespace ?? 'http://webservices.amazon.com/AWSFault/2005-15-09',
    fault: error.fault,
    code: error.queryCode,
    message,
    requestId,
  });
  return { status: error.status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}

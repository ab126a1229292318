/** Refusals of a signature: the code of Query, the shape of everything else, and the status. */
import { AwsError, type Service } from '../service.ts';
import type { SignatureFault } from './verify.ts';

const codes: Readonly<Record<SignatureFault, { readonly shape: string; readonly queryCode: string }>> = {
  missing: { shape: 'MissingAuthenticationTokenException', queryCode: 'MissingAuthenticationToken' },
  incomplete: { shape: 'IncompleteSignatureException', queryCode: 'IncompleteSignature' },
  'unknown-key': { shape: 'UnrecognizedClientException', queryCode: 'InvalidClientTokenId' },
  mismatch: { shape: 'InvalidSignatureException', queryCode: 'SignatureDoesNotMatch' },
};

/** 403 from services that began with Query, whatever they are asked in; those that never spoke it answer 400 to everything. */
export function signatureError(fault: SignatureFault, message: string, service: Service | null): AwsError {
  const { shape, queryCode } = codes[fault];
  const neverQuery = service !== null && service.query === null;
  return new AwsError(shape, message, { queryCode, status: fault === 'incomplete' || neverQuery ? 400 : 403 });
}

/**
 * Who calls: account, Region and service as the request's signature names them. Nothing is verified here (signatures/).
 *
 * An access key id of twelve digits is taken as the account, so that tests can be several accounts at will.
 */
import type { FormFields } from './query.ts';

export interface Identity {
  /** null: the request does not say. */
  readonly accountId: string | null;
  readonly region: string | null;
  readonly scopeName: string | null;
}

const nobody: Identity = { accountId: null, region: null, scopeName: null };

/** `KEY/20260302/us-east-1/sqs/aws4_request`, in the authorization header or a presigned URL. */
export function identify(authorization: string | undefined, urlFields: FormFields): Identity {
  const credential =
    /(?:^|[\s,])Credential=([^,\s]{1,256})/.exec(authorization ?? '')?.[1] ?? urlFields.get('X-Amz-Credential') ?? '';
  if (credential !== latest.credential) latest = { credential, identity: identityOf(credential) };
  return latest.identity;
}

/** A client signs with one credential all day long, so who called last mostly calls again. */
let latest: { readonly credential: string; readonly identity: Identity } = { credential: '', identity: nobody };

function identityOf(credential: string): Identity {
  const [key, , region, scopeName] = credential.split('/', 5);
  if (key === undefined || key === '') return nobody;
  return {
    accountId: /^\d{12}$/.test(key) ? key : null,
    region: region !== undefined && isRegion(region) ? region : null,
    scopeName: scopeName !== undefined && scopeName !== '' ? scopeName : null,
  };
}

/** Shape only: Regions are opened faster than lists of them are updated. */
export function isRegion(name: string): boolean {
  return /^[a-z]{2}(-[a-z]{2,12}){1,3}-\d$/.test(name);
}

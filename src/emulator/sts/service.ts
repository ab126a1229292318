/** STS as the router sees it. */
import type { Service } from '../service.ts';
import { getCallerIdentity } from './actions/getCallerIdentity.ts';

export function createStsService(): Service<null> {
  return {
    scopeName: 'sts',
    query: { version: '2011-06-15', xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/', xmlForm: 'indented' },
    json: null,
    cbor: null,
    errorNamespace: 'com.amazonaws.sts',
    actions: new Map([[getCallerIdentity.name, getCallerIdentity]]),
    state: null,
  };
}

/** Signature Version 4 as a server checks it. */
export { signatureError } from './errors.ts';
export { type AccessKey, type KeyLineFault, parseKeyFile, type ReadKeys } from './keyFile.ts';
export { type SignatureFault, type Verdict, type VerifyOptions, verifySignature } from './verify.ts';

/**
 * Whether a phone or a device would get what is sent to it, and in AWS's words why not.
 *
 * There are no phone carriers and no push services here, so some numbers and tokens stand for what those would say: a phone number that
 * ends in 99 is opted out (smsSettings.ts), a device token that ends in `deadbeef` is one that its push service knows no more.
 */
import type { PlatformEndpoint } from './platforms.ts';
import type { MobileState } from './state.ts';

/** @returns null when the text message would arrive */
export function smsProblem({ sms, sandbox }: MobileState, phoneNumber: string): string | null {
  if (sms.isOptedOut(phoneNumber)) return 'Phone number is opted out';
  return sandboxProblem({ sms, sandbox }, phoneNumber);
}

export function sandboxProblem(
  { sms, sandbox }: Pick<MobileState, 'sms' | 'sandbox'>,
  phoneNumber: string,
): string | null {
  if (!sms.isInSandbox() || sandbox.isVerified(phoneNumber)) return null;
  return 'The account is in the SMS sandbox and the phone number is not verified';
}

export interface PushProblem {
  /** As the DeliveryFailure event names it. */
  readonly type: 'EndpointDisabled' | 'InvalidPlatformToken' | 'EndpointNotFound';
  readonly message: string;
}

/** @returns null when the push would arrive */
export function pushProblem(endpoint: PlatformEndpoint | undefined): PushProblem | null {
  if (endpoint === undefined) return { type: 'EndpointNotFound', message: 'Endpoint does not exist' };
  if (!endpoint.enabled) return { type: 'EndpointDisabled', message: 'Endpoint is disabled' };
  if (!/deadbeef$/i.test(endpoint.settings.token)) return null;
  return { type: 'InvalidPlatformToken', message: 'Platform token associated with the endpoint is not valid' };
}

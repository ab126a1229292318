/** Every action of mobile push, text messages and data protection, as the service lists them. */
import type { Action } from '../../service.ts';
import { dataProtectionPolicies } from '../actions/dataProtectionPolicy.ts';
import { phoneNumbers } from '../actions/phoneNumbers.ts';
import { platformApplications } from '../actions/platformApplications.ts';
import { platformEndpoints } from '../actions/platformEndpoints.ts';
import { smsAttributes } from '../actions/smsAttributes.ts';
import { smsSandbox } from '../actions/smsSandbox.ts';
import type { SnsState } from '../state.ts';

export const mobileActions: readonly Action<SnsState>[] = [
  ...platformApplications,
  ...platformEndpoints,
  ...phoneNumbers,
  ...smsAttributes,
  ...smsSandbox,
  ...dataProtectionPolicies,
];

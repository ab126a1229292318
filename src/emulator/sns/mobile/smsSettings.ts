/**
 * How text messages are sent by default, and who does not want any.
 *
 * Nobody answers STOP here, so a phone number that ends in 99 counts as opted out until OptInPhoneNumber; `optOut` is for whoever
 * plays the phone. ListPhoneNumbersOptedOut shows such a number once somebody has asked about it or sent to it. One attribute is no AWS's:
 * `SpillwaySMSSandbox`, which puts the account into the SMS sandbox, because with AWS it takes its support to get in or out.
 */
import { isRoleArn } from '../arns.ts';
import { invalidParameter } from '../errors.ts';
import { invalidSmsAttribute } from './errors.ts';

export interface SmsSettings {
  /** MonthlySpendLimit is always there. */
  attributes(): ReadonlyMap<string, string>;
  /** All of them, or none when one is refused; an empty text sets one back. @throws AwsError InvalidParameter */
  setAttributes(request: Readonly<Record<string, string>>): void;
  isInSandbox(): boolean;
  isOptedOut(phoneNumber: string): boolean;
  /** In the order of the numbers. */
  optedOut(): readonly string[];
  optOut(phoneNumber: string): void;
  /** Nothing happens to a number that is not opted out. @throws AwsError InvalidParameter for a second time in 30 days */
  optIn(phoneNumber: string, nowMs: number): void;
}

const sandboxName = 'SpillwaySMSSandbox';
const optInEveryMs = 30 * 86_400_000;
/** In USD: what an account may spend until AWS raises it. */
const defaultMonthlySpendLimit = '1';

type IsValid = (value: string) => boolean;

const forms: ReadonlyMap<string, { readonly isValid: IsValid; readonly problem: string }> = new Map([
  ['MonthlySpendLimit', { isValid: (value) => /^\d{1,9}$/.test(value), problem: 'is not a whole number of USD' }],
  [
    'DeliveryStatusIAMRole',
    {
      isValid: isRoleArn,
      problem: 'is not the ARN of an IAM role',
    },
  ],
  [
    'DeliveryStatusSuccessSamplingRate',
    { isValid: (value) => /^(100|\d{1,2})$/.test(value), problem: 'is not an integer between 0-100' },
  ],
  ['DefaultSenderID', { isValid: (value) => /^(?=.*[A-Za-z])[A-Za-z\d]{1,11}$/.test(value), problem: 'is invalid' }],
  [
    'DefaultSMSType',
    { isValid: (value) => value === 'Promotional' || value === 'Transactional', problem: 'is invalid' },
  ],
  [sandboxName, { isValid: (value) => value === 'true' || value === 'false', problem: 'is not true or false' }],
  [
    // Whether the bucket is there cannot be known: there is no S3 here.
    'UsageReportS3Bucket',
    { isValid: (value) => /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/.test(value), problem: 'is not the name of a bucket' },
  ],
]);

/** E.164. @throws AwsError InvalidParameter */
export function checkPhoneNumber(phoneNumber: string): void {
  if (/^\+?[1-9]\d{3,14}$/.test(phoneNumber)) return;
  throw invalidParameter('PhoneNumber Reason: input incorrectly formatted');
}

/** One number is one number, with or without its plus, spaces and brackets. */
export const e164 = (phoneNumber: string): string => `+${phoneNumber.replaceAll(/\D/g, '')}`;

export function createSmsSettings(): SmsSettings {
  let attributes: ReadonlyMap<string, string> = new Map([['MonthlySpendLimit', defaultMonthlySpendLimit]]);
  /** Whether it is opted out, of every number that anybody has asked about. */
  const known = new Map<string, boolean>();
  const optedInAtMs = new Map<string, number>();

  function isOptedOut(written: string): boolean {
    const phoneNumber = e164(written);
    const optedOut = known.get(phoneNumber) ?? phoneNumber.endsWith('99');
    if (optedOut) known.set(phoneNumber, true);
    return optedOut;
  }

  return {
    attributes: () => attributes,
    setAttributes(request) {
      const after = new Map(attributes);
      for (const [name, value] of Object.entries(request)) {
        const form = forms.get(name);
        if (form === undefined) throw invalidSmsAttribute(`${name.slice(0, 80)} is not a valid attribute`);
        if (value === '') {
          after.delete(name);
          continue;
        }
        if (!form.isValid(value)) throw invalidSmsAttribute(`${name} ${form.problem}`);
        after.set(name, value);
      }
      if (!after.has('MonthlySpendLimit')) after.set('MonthlySpendLimit', defaultMonthlySpendLimit);
      attributes = after;
    },
    isInSandbox: () => attributes.get(sandboxName) === 'true',
    isOptedOut,
    optedOut: () => [...known].flatMap(([phoneNumber, optedOut]) => (optedOut ? [phoneNumber] : [])).sort(),
    optOut: (phoneNumber) => known.set(e164(phoneNumber), true),
    optIn(written, nowMs) {
      if (!isOptedOut(written)) return;
      const phoneNumber = e164(written);
      const lastMs = optedInAtMs.get(phoneNumber);
      if (lastMs !== undefined && nowMs < lastMs + optInEveryMs) {
        throw invalidParameter('PhoneNumber Reason: a phone number can be opted in only once every 30 days');
      }
      optedInAtMs.set(phoneNumber, nowMs);
      known.set(phoneNumber, false);
    },
  };
}

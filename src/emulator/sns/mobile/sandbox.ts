/**
 * The SMS sandbox: phone numbers that are pending until somebody tells their one-time password.
 *
 * Not here: whether the account is in it (smsSettings.ts), sending the password (actions/smsSandbox.ts puts it in the outbox). A password does not grow old: AWS tells no age.
 */
import { resourceNotFound } from '../errors.ts';
import { checkLength } from '../lengths.ts';
import { constraintViolated, userError, verificationFailed } from './errors.ts';
import { e164 } from './smsSettings.ts';

export interface SandboxNumber {
  readonly phoneNumber: string;
  readonly verified: boolean;
}

export interface SmsSandbox {
  /** In the order of the numbers. */
  numbers(): readonly SandboxNumber[];
  /** Whether a text message from the sandbox would reach it. */
  isVerified(phoneNumber: string): boolean;
  /** Once more for a number that is pending: the new password takes the place of the old one. @throws AwsError UserError */
  add(phoneNumber: string, oneTimePassword: string, nowMs: number): void;
  /** @throws AwsError ResourceNotFound, VerificationException */
  verify(phoneNumber: string, oneTimePassword: string, nowMs: number): void;
  /** @throws AwsError ResourceNotFound, UserError within a day of the last attempt to verify it */
  remove(phoneNumber: string, nowMs: number): void;
}

interface Kept extends SandboxNumber {
  verified: boolean;
  oneTimePassword: string;
  /** Of passwords; those older than a day are dropped at the next one. */
  sentAtMs: number[];
  /** When somebody last told a password, right or wrong. */
  attemptedAtMs: number | null;
}

const dayMs = 86_400_000;
const mostNumbers = 10;
const mostPasswordsPerDay = 5;

/** @throws AwsError ValidationError */
export function checkSandboxNumber(phoneNumber: string): void {
  checkLength('phoneNumber', phoneNumber, 1, 20);
  if (!/^(\+[0-9]{8,}|[0-9]{0,9})$/.test(phoneNumber)) {
    throw pattern('phoneNumber', phoneNumber, '^(\\+[0-9]{8,}|[0-9]{0,9})$');
  }
}

/** @throws AwsError ValidationError */
export function checkOneTimePassword(oneTimePassword: string): void {
  checkLength('oneTimePassword', oneTimePassword, 5, 8);
  if (!/^[0-9]+$/.test(oneTimePassword)) throw pattern('oneTimePassword', oneTimePassword, '^[0-9]+$');
}

export function createSmsSandbox(): SmsSandbox {
  const numbers = new Map<string, Kept>();

  function find(phoneNumber: string): Kept {
    const found = numbers.get(phoneNumber);
    if (found !== undefined) return found;
    throw resourceNotFound('The phone number is not in the SMS sandbox. Add it with CreateSMSSandboxPhoneNumber.');
  }

  return {
    numbers: () => [...numbers.values()].sort((a, b) => (a.phoneNumber < b.phoneNumber ? -1 : 1)),
    isVerified: (phoneNumber) =>
      [...numbers.values()].some((one) => one.verified && e164(one.phoneNumber) === e164(phoneNumber)),
    add(phoneNumber, oneTimePassword, nowMs) {
      const known = numbers.get(phoneNumber);
      if (known === undefined) {
        if (numbers.size >= mostNumbers) throw userError(`The SMS sandbox has at most ${mostNumbers} phone numbers.`);
        numbers.set(phoneNumber, {
          phoneNumber,
          verified: false,
          oneTimePassword,
          sentAtMs: [nowMs],
          attemptedAtMs: null,
        });
        return;
      }
      if (known.verified) throw userError('The phone number is verified already.');
      const recent = known.sentAtMs.filter((atMs) => atMs > nowMs - dayMs);
      if (recent.length >= mostPasswordsPerDay) {
        throw userError(`A phone number gets at most ${mostPasswordsPerDay} one-time passwords in 24 hours.`);
      }
      known.oneTimePassword = oneTimePassword;
      known.sentAtMs = [...recent, nowMs];
    },
    verify(phoneNumber, oneTimePassword, nowMs) {
      const known = find(phoneNumber);
      known.attemptedAtMs = nowMs;
      if (known.oneTimePassword !== oneTimePassword) throw verificationFailed('The one-time password is wrong.');
      known.verified = true;
    },
    remove(phoneNumber, nowMs) {
      const { attemptedAtMs } = find(phoneNumber);
      if (attemptedAtMs !== null && nowMs < attemptedAtMs + dayMs) {
        throw userError('A phone number can be deleted only 24 hours after it was verified or last tried to be.');
      }
      numbers.delete(phoneNumber);
    },
  };
}

const pattern = (member: string, value: string, expected: string): Error =>
  constraintViolated(member, value, `Member must satisfy regular expression pattern: ${expected}`);

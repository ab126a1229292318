import { type Action, defineAction } from '../../service.ts';
import { flag, list, required, structure, text, whole } from '../../wire/shapes.ts';
import { constraintViolated, optedOut } from '../mobile/errors.ts';
import { checkOneTimePassword, checkSandboxNumber } from '../mobile/sandbox.ts';
import { pageOf } from '../paging.ts';
import type { SnsState } from '../state.ts';
import { emptyOutput } from '../wireShapes.ts';

const languageCodes = 'en-US en-GB es-419 es-ES de-DE fr-CA fr-FR it-IT ja-JP pt-BR kr-KR zh-CN zh-TW'.split(' ');

/** Not until the SMS attribute SpillwaySMSSandbox says so. */
const getSmsSandboxAccountStatus = defineAction<SnsState, Record<string, never>, { IsInSandbox: boolean }>({
  name: 'GetSMSSandboxAccountStatus',
  input: structure({}),
  output: structure({ IsInSandbox: flag }),
  run: ({ mobile }) => ({ IsInSandbox: mobile.sms.isInSandbox() }),
});

/** The one-time password goes into the outbox, in English whatever the language asked for. */
const createSmsSandboxPhoneNumber = defineAction<
  SnsState,
  { PhoneNumber: string; LanguageCode?: string },
  Record<string, never>
>({
  name: 'CreateSMSSandboxPhoneNumber',
  input: structure({ PhoneNumber: required(text), LanguageCode: text }),
  output: emptyOutput,
  run(state, { PhoneNumber, LanguageCode = 'en-US' }) {
    checkSandboxNumber(PhoneNumber);
    if (!languageCodes.includes(LanguageCode)) {
      throw constraintViolated(
        'languageCode',
        LanguageCode,
        `Member must satisfy enum value set: [${languageCodes.join(', ')}]`,
      );
    }
    const { sms, sandbox } = state.mobile;
    if (sms.isOptedOut(PhoneNumber)) throw optedOut();
    const messageId = state.nextId();
    const oneTimePassword = passwordOf(messageId);
    const atMs = state.world.nowMs();
    sandbox.add(PhoneNumber, oneTimePassword, atMs);
    state.outbox.add({
      atMs,
      kind: 'sms',
      to: PhoneNumber,
      topicArn: null,
      messageId,
      subject: null,
      body: `${oneTimePassword} is your one-time password for the SMS sandbox.`,
    });
    return {};
  },
});

const verifySmsSandboxPhoneNumber = defineAction<
  SnsState,
  { PhoneNumber: string; OneTimePassword: string },
  Record<string, never>
>({
  name: 'VerifySMSSandboxPhoneNumber',
  input: structure({ PhoneNumber: required(text), OneTimePassword: required(text) }),
  output: emptyOutput,
  run(state, { PhoneNumber, OneTimePassword }) {
    checkSandboxNumber(PhoneNumber);
    checkOneTimePassword(OneTimePassword);
    state.mobile.sandbox.verify(PhoneNumber, OneTimePassword, state.world.nowMs());
    return {};
  },
});

const deleteSmsSandboxPhoneNumber = defineAction<SnsState, { PhoneNumber: string }, Record<string, never>>({
  name: 'DeleteSMSSandboxPhoneNumber',
  input: structure({ PhoneNumber: required(text) }),
  output: emptyOutput,
  run(state, { PhoneNumber }) {
    checkSandboxNumber(PhoneNumber);
    state.mobile.sandbox.remove(PhoneNumber, state.world.nowMs());
    return {};
  },
});

const listSmsSandboxPhoneNumbers = defineAction<
  SnsState,
  { NextToken?: string; MaxResults?: number },
  { PhoneNumbers: { PhoneNumber: string; Status: string }[]; NextToken?: string }
>({
  name: 'ListSMSSandboxPhoneNumbers',
  input: structure({ NextToken: text, MaxResults: whole({ min: 1, max: 100 }) }),
  output: structure({ PhoneNumbers: list(structure({ PhoneNumber: text, Status: text })), NextToken: text }),
  run(state, { NextToken, MaxResults }) {
    const numbers = state.mobile.sandbox.numbers();
    const list = 'ListSMSSandboxPhoneNumbers';
    const { page, ...more } = pageOf(numbers, ({ phoneNumber }) => phoneNumber, NextToken, list, MaxResults);
    return {
      PhoneNumbers: page.map(({ phoneNumber, verified }) => ({
        PhoneNumber: phoneNumber,
        Status: verified ? 'Verified' : 'Pending',
      })),
      ...more,
    };
  },
});

export const smsSandbox: readonly Action<SnsState>[] = [
  getSmsSandboxAccountStatus,
  createSmsSandboxPhoneNumber,
  verifySmsSandboxPhoneNumber,
  deleteSmsSandboxPhoneNumber,
  listSmsSandboxPhoneNumbers,
];

/** Six digits out of an id, so that a run with one seed repeats. */
function passwordOf(id: string): string {
  return String(Number.parseInt(id.slice(0, 8), 16) % 1_000_000).padStart(6, '0');
}

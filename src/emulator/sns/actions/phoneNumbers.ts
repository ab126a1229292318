import { type Action, defineAction } from '../../service.ts';
import { flag, list, required, structure, text, timestamp, whole } from '../../wire/shapes.ts';
import { checkPhoneNumber } from '../mobile/smsSettings.ts';
import { pageOf } from '../paging.ts';
import type { SnsState } from '../state.ts';
import { emptyOutput } from '../wireShapes.ts';

/** Numbers that end in 99 are, until they are opted in. */
const checkIfPhoneNumberIsOptedOut = defineAction<SnsState, { phoneNumber: string }, { isOptedOut: boolean }>({
  name: 'CheckIfPhoneNumberIsOptedOut',
  input: structure({ phoneNumber: required(text) }),
  output: structure({ isOptedOut: flag }),
  run(state, { phoneNumber }) {
    checkPhoneNumber(phoneNumber);
    return { isOptedOut: state.mobile.sms.isOptedOut(phoneNumber) };
  },
});

const listPhoneNumbersOptedOut = defineAction<
  SnsState,
  { nextToken?: string },
  { phoneNumbers: readonly string[]; nextToken?: string }
>({
  name: 'ListPhoneNumbersOptedOut',
  input: structure({ nextToken: text }),
  output: structure({ phoneNumbers: list(text), nextToken: text }),
  run(state, { nextToken }) {
    const numbers = state.mobile.sms.optedOut();
    const { page, NextToken } = pageOf(numbers, (number) => number, nextToken, 'ListPhoneNumbersOptedOut');
    return { phoneNumbers: page, ...(NextToken === undefined ? {} : { nextToken: NextToken }) };
  },
});

const optInPhoneNumber = defineAction<SnsState, { phoneNumber: string }, Record<string, never>>({
  name: 'OptInPhoneNumber',
  input: structure({ phoneNumber: required(text) }),
  output: emptyOutput,
  run(state, { phoneNumber }) {
    checkPhoneNumber(phoneNumber);
    state.mobile.sms.optIn(phoneNumber, state.world.nowMs());
    return {};
  },
});

/** None: numbers to send from are bought in the console, and nothing is sent here. */
const listOriginationNumbers = defineAction<
  SnsState,
  { NextToken?: string; MaxResults?: number },
  { PhoneNumbers: never[] }
>({
  name: 'ListOriginationNumbers',
  input: structure({ NextToken: text, MaxResults: whole({ min: 1, max: 30 }) }),
  output: structure({
    NextToken: text,
    PhoneNumbers: list(
      structure({
        CreatedAt: timestamp,
        PhoneNumber: text,
        Status: text,
        Iso2CountryCode: text,
        RouteType: text,
        NumberCapabilities: list(text),
      }),
    ),
  }),
  run(_, { NextToken, MaxResults }) {
    const { page } = pageOf<never>([], String, NextToken, 'ListOriginationNumbers', MaxResults);
    return { PhoneNumbers: [...page] };
  },
});

export const phoneNumbers: readonly Action<SnsState>[] = [
  checkIfPhoneNumberIsOptedOut,
  listPhoneNumbersOptedOut,
  optInPhoneNumber,
  listOriginationNumbers,
];

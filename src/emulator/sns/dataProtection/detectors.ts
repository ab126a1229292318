/**
 * Finding sensitive data in a text: e-mail addresses, card numbers, IP addresses, social security numbers of the US.
 *
 * The others are by theme: secrets.ts, finance.ts, health.ts, identity.ts, documents.ts, phones.ts, places.ts; what they are made of, and
 * the search itself, is forms.ts.
 */
import { isIPv4, isIPv6 } from 'node:net';
import { isLuhn } from './checksums.ts';
import { anyOf, detect, keywords } from './forms.ts';

/** In UTF-16 units; `end` is behind the last. */
export interface Finding {
  readonly start: number;
  readonly end: number;
}

export type Detector = (body: string) => readonly Finding[];

export const findEmails = detect({
  expression: /(?<![\w%+-])[\w%+-][\w.%+-]{0,63}@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,10}[a-z]{2,63}(?!\w|-\w)/gi,
});

export const findIpAddresses = anyOf(
  detect({
    expression: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)/g,
    isValid: (_, text) => isIPv4(text),
  }),
  detect({
    // A colon behind it is the sentence's, unless it is one of two.
    expression: /(?<![\w.:])[\da-f]{0,4}:[\da-f:.]{0,41}(?:[\da-f]|::)(?!\w|\.\d|:[\da-f:])/gi,
    isValid: (_, text) => isIPv6(text),
  }),
);

/** 13 to 19 digits in one, or in the groups that are printed on cards. */
const cardForms =
  /(?<!\d)(?:\d{13,19}|\d{4}(?<gap>[ -])\d{4}\k<gap>\d{4}\k<gap>\d{1,7}|\d{4}(?<space>[ -])\d{6}\k<space>\d{4,5})(?!\d)/g;

/** American Express, Dankort, Diners Club, Discover, JCB, Mastercard, UnionPay, Visa and Electron, each with its lengths. */
const cardPrefixes = [
  /^4(?:\d{12}|\d{15}|\d{18})$/,
  /^(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/,
  /^3[47]\d{13}$/,
  /^(?:6011|64[4-9]\d|65\d{2})\d{12,15}$/,
  /^(?:30[0-5]\d|36\d{2}|3[89]\d{2})\d{10,15}$/,
  /^35(?:2[89]|[3-8]\d)\d{12,15}$/,
  /^62\d{14,17}$/,
  /^5019\d{12}$/,
];

/** Set aside for public testing by those who issue cards: AWS does not report them. */
const testCards: ReadonlySet<string> = new Set(
  (
    '2222405343248877 2222990905257051 2223007648726984 2223577120017656 30569309025904 3528000700000000 3530111333300000 ' +
    '3566002020360505 36148900647913 36700102000000 371449635398431 378282246310005 378734493671000 38520000023237 ' +
    '4012888888881881 4111111111111111 4222222222222 4444333322221111 4462030000000000 4484070000000000 4911830000000 ' +
    '4917300800000000 4917610000000000 4917610000000000003 5019717010103742 5105105105105100 5111010030175156 ' +
    '5185540810000019 5200828282828210 5204230080000017 5204740009900014 5420923878724339 5454545454545454 ' +
    '5455330760000018 5506900490000436 5506900490000444 5506900510000234 5506920809243667 5506922400634930 ' +
    '5506927427317625 5553042241984105 5555553753048194 5555555555554444 6011000400000000 6011000990139424 6011111111111117'
  ).split(' '),
);

const nearCard = keywords(
  'account number, american express, amex, bank card, card, card num, card number, cc #, ccn, check card, credit, credit card#, ' +
    'dankort, debit, debit card, diners club, discover, electron, elo verification code, japanese card bureau, jcb, mastercard, ' +
    'mc, pan, payment account number, payment card number, pcn, union pay, visa',
);

export const findCreditCards = detect({
  expression: cardForms,
  isValid: (digits) => cardPrefixes.some((prefix) => prefix.test(digits)) && isLuhn(digits) && !testCards.has(digits),
  beside: nearCard,
});

export const findUsSsns = detect({
  expression: /(?<![\w-])(?!000|666|9)\d{3}(?<gap>[ -]?)(?!00)\d{2}\k<gap>(?!0000)\d{4}(?!\w|-\w)/g,
  beside: keywords('social security, ss#, ssn'),
});

/** The condition operators: how each compares a value of the request with one of the policy. Not how many must match. */
import { asWritten, bind, bindAll, compile, compileArn, matches, matchesArn } from './pattern.ts';
import type { Context } from './request.ts';
import { isWithin, readAddressRange, readInstant, readNumber } from './values.ts';

type ValueTest = (value: string) => boolean;

/** A value of the policy, ready to compare; null where one of its variables has no value. */
export type Comparand = (context: Context) => ValueTest | null;

export interface Operator {
  /** Holds when none of the policy's values matches. */
  readonly negated: boolean;
  /** `Null`: compared is whether the key is absent, not what it says. */
  readonly asksAbsence: boolean;
  comparand(text: string, variables: boolean): Comparand;
}

type Comparison = Operator['comparand'];

/** What a variable stands for is folded like the text around it. */
const comparison =
  (wildcards: boolean, fold: (text: string) => string): Comparison =>
  (text, variables) => {
    const template = compile(fold(text), { wildcards, variables });
    return (context) => {
      const pattern = bind(template, context, fold);
      return pattern && ((value) => matches(pattern, fold(value)));
    };
  };

const arn: Comparison = (text, variables) => {
  const templates = compileArn(text, { wildcards: true, variables });
  return (context) => {
    const fields = bindAll(templates, context);
    return fields && ((value) => matchesArn(fields, value));
  };
};

const truth: Comparison = (text) => {
  const wanted = text.toLowerCase();
  const known = wanted === 'true' || wanted === 'false';
  return () => (value) => known && value.toLowerCase() === wanted;
};

const address: Comparison = (text) => {
  const range = readAddressRange(text);
  return () => (value) => range !== null && isWithin(range, value);
};

const ordered =
  (read: (text: string) => number | null, holds: (given: number, limit: number) => boolean): Comparison =>
  (text) => {
    const limit = read(text);
    return () => (value) => {
      const given = read(value);
      return limit !== null && given !== null && holds(given, limit);
    };
  };

/** The six operators of a type that has an order. */
function family(name: string, read: (text: string) => number | null): [string, Operator][] {
  return [
    [`${name}Equals`, plain(ordered(read, (given, limit) => given === limit))],
    [`${name}NotEquals`, negated(ordered(read, (given, limit) => given === limit))],
    [`${name}LessThan`, plain(ordered(read, (given, limit) => given < limit))],
    [`${name}LessThanEquals`, plain(ordered(read, (given, limit) => given <= limit))],
    [`${name}GreaterThan`, plain(ordered(read, (given, limit) => given > limit))],
    [`${name}GreaterThanEquals`, plain(ordered(read, (given, limit) => given >= limit))],
  ];
}

function plain(comparand: Comparison): Operator {
  return { negated: false, asksAbsence: false, comparand };
}

function negated(comparand: Comparison): Operator {
  return { negated: true, asksAbsence: false, comparand };
}

const exact = comparison(false, asWritten);
const exactIgnoringCase = comparison(false, (text) => text.toLowerCase());
const like = comparison(true, asWritten);

/** By name, without ForAllValues:, ForAnyValue: and IfExists. ArnEquals takes wildcards just as ArnLike does. */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', plain(exact)],
  ['StringNotEquals', negated(exact)],
  ['StringEqualsIgnoreCase', plain(exactIgnoringCase)],
  ['StringNotEqualsIgnoreCase', negated(exactIgnoringCase)],
  ['StringLike', plain(like)],
  ['StringNotLike', negated(like)],
  ['ArnEquals', plain(arn)],
  ['ArnLike', plain(arn)],
  ['ArnNotEquals', negated(arn)],
  ['ArnNotLike', negated(arn)],
  ['Bool', plain(truth)],
  ...family('Numeric', readNumber),
  ...family('Date', readInstant),
  ['IpAddress', plain(address)],
  ['NotIpAddress', negated(address)],
  ['Null', { ...plain(truth), asksAbsence: true }],
]);

/**
 * Requests as clients write them, signed and in the Query form, and answers down to what AWS was recorded to give: status, type, code, words.
 *
 * For the tables of recordedAnswers*.test.ts. What they state are facts of recordings that were made against AWS between August 2023 and
 * October 2025; names, ids and accounts in them are our own.
 */
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { bodyText, exchange, utf8 } from '../wire/exchange.ts';

export interface Answer {
  readonly status: number;
  /** The reply's XML. */
  readonly xml: string;
}

export interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly code: string;
  readonly message: string;
}

export async function ask(
  cloud: Cloud,
  action: string,
  input: Readonly<Record<string, unknown>> = {},
  region = 'us-east-1',
): Promise<Answer> {
  const fields = new URLSearchParams({ Action: action, Version: '2010-03-31', ...Object.fromEntries(fieldsOf(input)) });
  const reply = await exchange(cloud, {
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260302/${region}/sns/aws4_request, SignedHeaders=host, Signature=00`,
    },
    body: utf8(fields.toString()),
  });
  return { status: reply.status, xml: bodyText(reply) };
}

/** A link that somebody follows: no signature, and nothing but what stands in it. */
export async function follow(cloud: Cloud, link: string, method = 'GET'): Promise<Answer> {
  const { pathname, search } = new URL(link);
  const reply = await exchange(cloud, { method, path: `${pathname}${search}` });
  return { status: reply.status, xml: bodyText(reply) };
}

/** @throws Error for an answer that is no refusal */
export function refusalIn({ status, xml }: Answer): Refusal {
  const text = (name: string): string => textOf(xml, name) ?? '';
  if (!xml.includes('<ErrorResponse')) throw new Error(`not refused: ${xml}`);
  return { status, type: text('Type'), code: text('Code'), message: text('Message') };
}

export const refused = async (...request: Parameters<typeof ask>): Promise<Refusal> => refusalIn(await ask(...request));

export const invalid = (reason: string): Refusal => invalidValue(`Invalid parameter: ${reason}`);
export const invalidValue = (message: string): Refusal => ({
  status: 400,
  type: 'Sender',
  code: 'InvalidParameter',
  message,
});
export const notFound = (what: 'Topic' | 'Subscription'): Refusal => ({
  status: 404,
  type: 'Sender',
  code: 'NotFound',
  message: `${what} does not exist`,
});

/** The text of the first element of that name, read. */
export function textOf(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text === undefined ? undefined : plain(text);
}

/** A map of texts, whose values are read where they are JSON. */
export function attributesIn({ status, xml }: Answer): Record<string, unknown> {
  if (status !== 200) throw new Error(xml);
  return Object.fromEntries(
    [...xml.matchAll(/<key>([^<]*)<\/key>\s*<value>([^<]*)<\/value>/g)].map(([, key, value]) => {
      const text = plain(value!);
      return [plain(key!), text.startsWith('{') ? JSON.parse(text) : text];
    }),
  );
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const plain = (text: string): string =>
  text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (_, hex: string, decimal: string, name: string) =>
    hex !== undefined
      ? String.fromCharCode(Number.parseInt(hex, 16))
      : decimal !== undefined
        ? String.fromCharCode(Number(decimal))
        : entities[name]!,
  );

/** Lists are `member.N`, maps `entry.N.key`, message attributes `entry.N.Name`. */
function fieldsOf(value: unknown, name = ''): [string, string][] {
  if (value === undefined) return [];
  if (value instanceof Uint8Array) return [[name, Buffer.from(value).toString('base64')]];
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  if (Array.isArray(value)) return value.flatMap((one, index) => fieldsOf(one, `${name}.member.${index + 1}`));
  const entries = Object.entries(value);
  const [key, content] = /MessageAttributes$/.test(name) ? ['Name', 'Value'] : ['key', 'value'];
  if (/Attributes$/i.test(name)) {
    return entries.flatMap(([one, of], index): [string, string][] => [
      [`${name}.entry.${index + 1}.${key}`, one],
      ...fieldsOf(of, `${name}.entry.${index + 1}.${content}`),
    ]);
  }
  return entries.flatMap(([one, of]) => fieldsOf(of, name === '' ? one : `${name}.${one}`));
}

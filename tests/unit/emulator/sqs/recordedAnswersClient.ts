/**
 * One SQS call in either protocol, from plain input to plain output: so that a case is written once and asked twice.
 *
 * Requests are written as Query clients write them; replies are read with the action's own output shape. Not here: sockets, signatures.
 */
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import type { WireReply } from '../../../../src/emulator/wire/message.ts';
import type { Shape, StructureShape } from '../../../../src/emulator/wire/shapes.ts';
import { bodyText, exchange, utf8 } from '../wire/exchange.ts';

export const protocols = ['AWS JSON', 'Query'] as const;
export type Protocol = (typeof protocols)[number];

export type Input = Readonly<Record<string, unknown>>;
// biome-ignore lint/suspicious/noExplicitAny: replies are looked into, member by member, in expectations.
export type Output = Record<string, any>;

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export type Answer = { readonly status: number; readonly output: Output } | Refusal;

/** What an answer must be; a refusal turns the test red with its own words. */
export async function ask(protocol: Protocol, cloud: Cloud, action: string, input: Input = {}): Promise<Output> {
  const answer = await answerTo(protocol, cloud, action, input);
  if (!('output' in answer)) throw new Error(`${action} is refused: ${answer.code}: ${answer.message}`);
  return answer.output;
}

export async function answerTo(protocol: Protocol, cloud: Cloud, action: string, input: Input): Promise<Answer> {
  return protocol === 'Query' ? answerToQuery(cloud, action, input) : answerToJson(cloud, action, input);
}

/** Legacy code -> the shape's name that a JSON reply has as its type. */
const shapeNames: Readonly<Record<string, string>> = {
  'AWS.SimpleQueueService.NonExistentQueue': 'QueueDoesNotExist',
  QueueAlreadyExists: 'QueueNameExists',
  InvalidParameterValue: 'InvalidParameterValueException',
  MissingParameter: 'MissingRequiredParameterException',
};
export const shapeOf = (code: string): string => shapeNames[code] ?? code.replace('AWS.SimpleQueueService.', '');

async function answerToJson(cloud: Cloud, action: string, input: Input): Promise<Answer> {
  const reply = await exchange(cloud, {
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
      'x-amzn-query-mode': 'true',
    },
    body: utf8(JSON.stringify(input)),
  });
  const body = JSON.parse(bodyText(reply) || '{}') as Output;
  if (reply.status === 200) return { status: 200, output: body };
  const [code = '', fault] = (reply.headers['x-amzn-query-error'] ?? '').split(';');
  const shape = String(body.__type).split('#')[1];
  if (fault !== 'Sender' || shape !== shapeOf(code)) throw new Error(`${code};${fault} does not go with ${shape}`);
  return { status: reply.status, code, message: String(body.message) };
}

async function answerToQuery(cloud: Cloud, action: string, input: Input): Promise<Answer> {
  const fields = new URLSearchParams({ Action: action, Version: '2012-11-05', ...queryFields(action, input) });
  const reply = await exchange(cloud, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: utf8(fields.toString()),
  });
  if (reply.status !== 200) return refusalIn(reply);
  return { status: 200, output: resultIn(reply, cloud, action) };
}

export function refusalIn(reply: WireReply): Refusal {
  const error = child(child(parseXml(bodyText(reply)), 'ErrorResponse'), 'Error');
  if (child(error, 'Type').text !== 'Sender') throw new Error('not the fault of the sender');
  return { status: reply.status, code: child(error, 'Code').text, message: child(error, 'Message').text };
}

export function resultIn(reply: WireReply, cloud: Cloud, action: string): Output {
  const shape = cloud.home.services.find(({ scopeName }) => scopeName === 'sqs')!.actions.get(action)!.output;
  const response = child(parseXml(bodyText(reply)), `${action}Response`);
  return shape === null ? {} : structureIn(shape, child(response, `${action}Result`));
}

/** How Query spells what AWS JSON calls by another name. */
const listNames: Readonly<Record<string, string>> = {
  AttributeNames: 'AttributeName',
  MessageSystemAttributeNames: 'MessageSystemAttributeName',
  MessageAttributeNames: 'MessageAttributeName',
  AWSAccountIds: 'AWSAccountId',
  Actions: 'ActionName',
  TagKeys: 'TagKey',
};
const mapNames: Readonly<Record<string, readonly [name: string, key: string]>> = {
  Attributes: ['Attribute', 'Name'],
  MessageAttributes: ['MessageAttribute', 'Name'],
  MessageSystemAttributes: ['MessageSystemAttribute', 'Name'],
  Tags: ['Tag', 'Key'],
  tags: ['Tag', 'Key'],
};

function queryFields(action: string, input: unknown, prefix = ''): Record<string, string> {
  if (typeof input !== 'object' || input === null) return { [prefix.slice(0, -1)]: String(input) };
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(input)) {
    const map = mapNames[name];
    if (Array.isArray(value)) {
      const item = name === 'Entries' ? `${action}RequestEntry` : (listNames[name] ?? name);
      for (const [at, one] of value.entries())
        Object.assign(fields, queryFields(action, one, `${prefix}${item}.${at + 1}.`));
    } else if (map !== undefined) {
      for (const [at, [key, one]] of Object.entries(value as Input).entries()) {
        const entry = `${prefix}${map[0]}.${at + 1}.`;
        Object.assign(fields, { [`${entry}${map[1]}`]: key }, queryFields(action, one, `${entry}Value.`));
      }
    } else Object.assign(fields, queryFields(action, value, `${prefix}${name}.`));
  }
  return fields;
}

interface Element {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

function parseXml(xml: string): Element {
  const root: Element = { name: '', children: [], text: '' };
  const open = [root];
  for (const [, closing, name = '', empty, text] of xml.matchAll(/<(?!\?)(\/)?([\w.]+)[^>]*?(\/)?>|([^<]+)/g)) {
    const parent = open.at(-1)!;
    if (text !== undefined) parent.text += plain(text);
    else if (closing !== undefined) open.pop();
    else {
      const element: Element = { name, children: [], text: '' };
      parent.children.push(element);
      if (empty === undefined) open.push(element);
    }
  }
  return root;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#xD': '\r' };
const plain = (text: string): string => text.replace(/&([^;]+);/g, (_whole, name: string) => entities[name] ?? '?');

function child(element: Element, name: string): Element {
  const found = element.children.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no <${name}> in <${element.name}>`);
  return found;
}

function structureIn(shape: StructureShape, element: Element): Output {
  const output: Output = {};
  for (const [name, member] of shape.entries) {
    const { shape: of } = member;
    const elementName = of.type === 'list' || of.type === 'map' ? (of.queryName ?? name) : name;
    const found = element.children.filter((one) => one.name === elementName);
    if (found.length > 0) output[name] = valueIn(of, found);
  }
  return output;
}

function valueIn(shape: Shape, found: readonly Element[]): unknown {
  switch (shape.type) {
    case 'list':
      return found.map((one) => valueIn(shape.of, [one]));
    case 'map':
      return Object.fromEntries(
        found.map((one) => [child(one, shape.keyName).text, valueIn(shape.of, [child(one, shape.valueName)])]),
      );
    case 'structure':
      return structureIn(shape, found[0]!);
    case 'whole':
      return Number(found[0]!.text);
    case 'flag':
      return found[0]!.text === 'true';
    default:
      return found[0]!.text;
  }
}

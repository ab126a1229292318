/** The request around a body: what each dialect's clients send, and wrong headers, paths and methods. */
import type { WireRequest } from '../../../../../src/emulator/wire/message.ts';
import type { Dialect } from '../../../../../src/emulator/wire/router.ts';
import type { Chance } from './chance.ts';
import { oddNames } from './oddities.ts';

export interface Draft {
  method: string;
  path: string;
  readonly headers: Record<string, string>;
  body: Uint8Array;
}

/** In which dialect an answer has to come: told from the request alone, by a second and simpler account of it. */
export function dialectExpected({ path, headers }: Pick<WireRequest, 'path' | 'headers'>): Dialect {
  const question = path.indexOf('?');
  const address = question < 0 ? path : path.slice(0, question);
  const fields = question < 0 ? '' : path.slice(question + 1);
  if (headers['smithy-protocol'] === 'rpc-v2-cbor' || isRpcAddress(address)) return 'rpc-cbor';
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if ('x-amz-target' in headers) {
    if (type === 'application/x-amz-cbor-1.1') return 'cbor-1.1';
    return type === 'application/x-amz-json-1.1' ? 'json-1.1' : 'json-1.0';
  }
  if (type === 'application/x-www-form-urlencoded') return 'query';
  return fields.split('&').some((field) => /^Action(=|$)/.test(field)) ? 'query' : 'json-1.0';
}

function isRpcAddress(address: string): boolean {
  const [root, service, name = '', operation, wanted = '', ...rest] = address.split('/');
  if (root !== '' || service !== 'service' || operation !== 'operation' || rest.length > 0) return false;
  return [name, wanted].every((part) => part.length >= 1 && part.length <= 128);
}

const contentTypes: readonly string[] = [
  ...[
    '',
    ';',
    'application/json',
    'text/xml',
    'application/cbor',
    'application/x-amz-json-1.0',
    'application/x-amz-json-1.1',
  ],
  ...[
    'application/x-amz-cbor-1.1',
    'application/x-www-form-urlencoded',
    'APPLICATION/X-WWW-FORM-URLENCODED; charset=utf-7',
  ],
  ...[
    'multipart/form-data; boundary=x',
    'application/x-amz-json-9.9',
    ' application/x-amz-json-1.1 ;;;',
    'x'.repeat(9_999),
    '\u00ff',
  ],
];

const targets: readonly string[] = [
  ...['', '.', '..', 'AmazonSQS', 'AmazonSQS.', '.CreateQueue', 'AmazonSQS.createqueue', 'amazonsqs.CreateQueue'],
  ...[
    'AmazonSQS.CreateQueue ',
    'AmazonSQS.__proto__',
    'AmazonSQS.constructor',
    '__proto__.toString',
    'Kinesis_20131202.PutRecord',
  ],
  ...[
    'GraniteServiceVersion20100801.PutMetricData',
    'AmazonSQS.ListQueues',
    'a.b.c.d',
    '../..',
    `AmazonSQS.${'x'.repeat(70_000)}`,
  ],
];

const authorizations: readonly string[] = [
  ...['', 'AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA256 Credential=', 'Credential=////', 'Credential=1/2/3/4/5/6', 'Bearer x'],
  ...['AWS4-HMAC-SHA256 Credential=AKID/20260302/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0'],
  ...['AWS4-HMAC-SHA256 Credential=AKID/20260302/us-east-1/monitoring/aws4_request', `Credential=${'/'.repeat(5_000)}`],
  ...[
    'Credential=111111111111/20260302/eu-west-1/sqs/aws4_request',
    'Credential=__proto__/constructor/__proto__/__proto__',
  ],
];

const paths: readonly string[] = [
  ...[
    '/',
    '',
    '//',
    '*',
    '/?',
    '/?Action=',
    '/?Action=ListQueues',
    '/?Action=ListQueues&Version=2012-11-05',
    '/?Action=%zz',
    '/%',
    '/?%=%',
  ],
  ...[
    '/000000000000/orders',
    '/000000000000/orders?Action=ReceiveMessage',
    '/queue/orders',
    '/queue/',
    '/../../etc/passwd',
  ],
  ...[
    '/service/GraniteServiceVersion20100801/operation/ListMetrics',
    '/service//operation/',
    '/service/x/operation/y/z',
  ],
  ...[
    '/service/__proto__/operation/constructor',
    '/service/GraniteServiceVersion20100801/operation/',
    `/${'a'.repeat(70_000)}`,
  ],
  ...[
    '/?Action=DescribeAlarms&Version=2010-08-01&X-Amz-Credential=1/2/3/4',
    `/?${'a=b&'.repeat(3_000)}`,
    '/\u0000',
    '/#Action=x',
  ],
];

/** One wrong thing about the envelope. Control characters are left out: no HTTP parser lets them through. */
export function spoilEnvelope(draft: Draft, chance: Chance): void {
  const { headers } = draft;
  chance.weighted<() => void>([
    [20, () => set(headers, 'content-type', chance.pick(contentTypes))],
    [12, () => set(headers, 'x-amz-target', chance.pick(targets))],
    [6, () => set(headers, 'x-amz-target', `${headers['x-amz-target'] ?? ''}${chance.pick(['x', '.', ' ', ','])}`)],
    [5, () => void delete headers['x-amz-target']],
    [5, () => void delete headers['content-type']],
    [5, () => set(headers, 'smithy-protocol', chance.pick(['', 'rpc-v2-cbor', 'rpc-v2-json', 'RPC-V2-CBOR']))],
    [3, () => void delete headers['smithy-protocol']],
    [8, () => set(headers, 'authorization', chance.pick(authorizations))],
    [
      8,
      () =>
        set(
          headers,
          'content-encoding',
          chance.pick(['', 'gzip', 'GZIP', 'identity', 'br', 'deflate', 'gzip, gzip', 'x'.repeat(999)]),
        ),
    ],
    [4, () => set(headers, 'x-amzn-query-mode', chance.pick(['true', 'false', '']))],
    [
      3,
      () =>
        set(
          headers,
          chance.pick(oddNames.filter((name) => /^[\w.-]+$/.test(name))),
          'x'.repeat(chance.pick([1, 9_999, 200_000])),
        ),
    ],
    [10, () => setPath(draft, chance.pick(paths))],
    [
      4,
      () => setPath(draft, `${draft.path}${chance.pick(['/', '?', '%', '?Action=x', '?%ff', '//', '/..', '\u00e9'])}`),
    ],
    [
      5,
      () => setMethod(draft, chance.pick(['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', '', 'post', 'CONNECT'])),
    ],
  ])();
}

const set = (headers: Record<string, string>, name: string, value: string): void => {
  headers[name] = value;
};

const setPath = (draft: Draft, path: string): void => {
  draft.path = path;
};

const setMethod = (draft: Draft, method: string): void => {
  draft.method = method;
};

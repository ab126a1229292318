import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { headOf } from '../../../../src/emulator/journal/heads.ts';
import { isTracelessForm, traceless, verdictOfHead } from '../../../../src/emulator/journal/traceless.ts';
import type { WireRequest } from '../../../../src/emulator/wire/message.ts';
import { testCloud } from '../wire/exchange.ts';

const { services } = testCloud().home;

function isTraceless(request: Partial<WireRequest>): boolean {
  const whole: WireRequest = {
    method: 'POST',
    path: '/',
    headers: {},
    body: new Uint8Array(0),
    origin: 'http://127.0.0.1:4566',
    signal: { aborted: false, onAbort: () => {} },
    ...request,
  };
  const read = headOf(whole, null);
  const verdict = verdictOfHead(read, services);
  return verdict === 'traceless' || (verdict === 'bodyDecides' && isTracelessForm(read, whole.body, services));
}

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const autoscaling = { ...form, authorization: 'Credential=A/20260302/us-east-1/autoscaling/aws4_request' };
const target = (name: string, type = 'application/x-amz-json-1.0') => ({ 'x-amz-target': name, 'content-type': type });
const body = (text: string): Uint8Array => Buffer.from(text, 'utf8');

describe('[STATE-42] requests that change nothing', () => {
  it('are of actions that exist', () => {
    for (const [scopeName, names] of Object.entries(traceless)) {
      const service = services.find((one) => one.scopeName === scopeName);
      expect([...(service?.actions.keys() ?? [])]).toEqual(expect.arrayContaining([...names]));
    }
  });

  it('only read: not one is named as what it does to something', () => {
    expect(
      Object.values(traceless)
        .flat()
        .filter((name) => !/^(Describe|Get|List)/.test(name)),
    ).toEqual([]);
  });

  test.each([
    { what: 'JSON', headers: target('GraniteServiceVersion20100801.DescribeAlarms') },
    { what: 'CBOR of the older kind', headers: target('Kinesis_20131202.ListStreams', 'application/x-amz-cbor-1.1') },
    {
      what: 'RPC CBOR',
      path: '/service/GraniteServiceVersion20100801/operation/GetMetricData',
      headers: { 'smithy-protocol': 'rpc-v2-cbor' },
    },
    { what: 'a form', headers: autoscaling, body: body('Action=DescribePolicies&Version=2011-01-01') },
    { what: 'a URL', method: 'GET', path: '/?Action=ListQueues&Version=2012-11-05' },
  ])('$what', ({ what: _what, ...request }) => {
    expect(isTraceless(request)).toBe(true);
  });

  test.each([
    { what: 'a write', headers: target('AmazonSQS.SendMessage') },
    { what: 'a read of a queue, which keeps its metrics alive', headers: target('AmazonSQS.GetQueueAttributes') },
    { what: 'a read of records, which is metered', headers: target('Kinesis_20131202.GetRecords') },
    { what: 'a service that is not there', headers: target('DynamoDB_20120810.ListTables') },
    { what: 'an action that is not there', headers: target('AmazonSQS.ListNothing') },
    {
      what: 'a target behind which another protocol stands',
      path: '/service/GraniteServiceVersion20100801/operation/PutMetricData',
      headers: target('GraniteServiceVersion20100801.GetMetricData'),
    },
    {
      what: 'a form that says it twice',
      headers: autoscaling,
      body: body('Action=DescribePolicies&Action=DeletePolicy'),
    },
    {
      what: 'a form that says it again in disguise',
      headers: autoscaling,
      body: body('Action=DescribePolicies&%41ction=DeletePolicy'),
    },
    {
      what: 'a form whose action stands far behind',
      headers: autoscaling,
      body: body(`A=${'x'.repeat(600)}&Action=DescribePolicies`),
    },
    { what: 'a form beside a query string', path: '/?Action=DescribePolicies', headers: autoscaling, body: body('') },
    { what: 'a broken form', headers: autoscaling, body: body('Action=DescribePolicies&A=%zz') },
    {
      what: 'a body that is not plain',
      headers: { ...autoscaling, 'content-encoding': 'gzip' },
      body: gzipSync('Action=DescribePolicies'),
    },
    { what: 'a broken query string', method: 'GET', path: '/?Action=ListQueues&A=%zz' },
  ])('not $what', ({ what: _what, ...request }) => {
    expect(isTraceless(request)).toBe(false);
  });
});

/** The depth that the README tells of: held against the APIs as the SDK has them, and against the README itself. */

import { readFileSync } from 'node:fs';
import * as autoscaling from '@aws-sdk/client-auto-scaling';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { withTable } from '../../../scripts/emulatorActions.ts';
import { notServed, partly } from '../../../src/emulator/depth.ts';
import { bodyText, json, query, testCloud } from './wire/exchange.ts';

const apis: Readonly<Record<string, object>> = { sqs, sns, kinesis, monitoring: cloudwatch, autoscaling, sts };

/** Names of all operations of a client. */
function operationsOf(module: object): string[] {
  return Object.keys(module)
    .flatMap((name) => /^(.+)Command$/.exec(name)?.[1] ?? [])
    .filter((name) => name !== '$')
    .toSorted();
}

describe('every operation of an API', () => {
  it.each(testCloud().home.services.map((service) => [service.scopeName, service] as const))(
    'of %s is served or known not to be',
    (scopeName, { actions }) => {
      const missing = notServed[scopeName] ?? [];
      expect([...actions.keys(), ...missing].toSorted()).toEqual(operationsOf(apis[scopeName]!));
      for (const name of Object.keys(partly[scopeName] ?? {})) expect([...actions.keys()]).toContain(name);
    },
  );

  it('that is not served is refused by its name, in each dialect', async () => {
    const message = 'RegisterStreamConsumer is an action that this emulator does not serve.';
    const { status, output } = await json(testCloud(), 'Kinesis_20131202.RegisterStreamConsumer', {});
    expect([status, output]).toEqual([400, { __type: expect.stringContaining('#UnknownOperationException'), message }]);
    const reply = await query(testCloud(), { Action: 'PutWarmPool', Version: '2011-01-01' });
    expect(reply.status).toBe(400);
    expect(bodyText(reply)).toContain(
      '<Code>InvalidAction</Code>\n    <Message>PutWarmPool is an action that this emulator',
    );
  });
});

it('the table in the README is up to date', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  expect(readme === withTable(readme), 'run `npm run emulator:actions` and commit').toBe(true);
});

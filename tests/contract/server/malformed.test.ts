/** What a real client makes of refusals by the front end: forms that its own writer would never make, put in behind it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { boto3, runBoto3 } from '../clients.ts';
import { startTestEmulator } from '../testEmulator.ts';

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startTestEmulator();
});
afterAll(() => emulator.stop());

describe.skipIf(boto3.leftOut)('boto3', () => {
  // Of services with which every version of boto3 speaks Query.
  it('WIRE-01, WIRE-02, WIRE-06: reads code and message', async () => {
    const script = `
import boto3, json, os
from botocore.exceptions import ClientError
def refused(service, operation, fields, call):
    client = boto3.client(service, endpoint_url=os.environ['ENDPOINT'])
    client.meta.events.register('before-call.%s.%s' % (service, operation), lambda params, **_: params['body'].update(fields))
    try: call(client)
    except ClientError as e: return [e.response['Error']['Code'], e.response['Error']['Message'], e.response['ResponseMetadata']['HTTPStatusCode']]
topic = dict(TopicArn='arn:aws:sns:us-east-1:000000000000:t', Protocol='sqs')
print(json.dumps([
    refused('sns', 'ListTopics', {'Action': 'Nothing'}, lambda c: c.list_topics()),
    refused('sns', 'CreateTopic', {'Tags.1.Key': 'a'}, lambda c: c.create_topic(Name='t')),
    refused('sns', 'Subscribe', {'Endpoint.EndpointArn': 'a'}, lambda c: c.subscribe(**topic)),
    refused('sns', 'CreateTopic', {'Tags.member.0.Key': 'a'}, lambda c: c.create_topic(Name='t')),
    refused('autoscaling', 'SetDesiredCapacity', {'HonorCooldown': 'TRUE'}, lambda c: c.set_desired_capacity(AutoScalingGroupName='g', DesiredCapacity=1)),
]))
`;
    expect(await runBoto3(emulator.endpoint, script)).toEqual([
      ['InvalidAction', 'Could not find operation Nothing for version 2010-03-31', 400],
      ['MalformedInput', 'Top level element may not be treated as a list', 400],
      ['MalformedInput', 'Start of list found where not expected', 400],
      ['MalformedInput', '0 is not a valid index', 400],
      ['MalformedInput', 'boolean must follow xsd1.1 definition', 400],
    ]);
  });
});

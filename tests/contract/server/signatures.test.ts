/** Signatures of real clients, verified: every service and dialect, and what each client makes of a refusal. */
import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessKey, RunningEmulator } from '../../../src/emulator/index.ts';
import { awsCli, boto3, runAws, runBoto3 } from '../clients.ts';
import { hostTime, startTestEmulator } from '../testEmulator.ts';

const good: AccessKey = { accessKeyId: 'AKIDGOOD', secretAccessKey: 'wJalr/Good+Secret=', accountId: '111122223333' };
// Clients sign by the machine's own clock.
const wallClock = { ...hostTime, nowMs: () => Date.now() };

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startTestEmulator({ verifySignatures: [good], hostTime: wallClock });
});
afterAll(() => emulator.stop());

const sdk = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } = good) => ({
  endpoint: emulator.endpoint,
  region: 'eu-west-1',
  credentials: { ...credentials },
  maxAttempts: 1,
});
const others = {
  'unknown key': { accessKeyId: 'AKIDOTHER', secretAccessKey: good.secretAccessKey },
  'wrong secret': { accessKeyId: good.accessKeyId, secretAccessKey: 'wrong' },
};

describe('JavaScript SDK', () => {
  it('AWS JSON: SQS, with a body that is not ASCII', async () => {
    const sqs = new SQSClient(sdk());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'javascript' }));
    // The account is the key's, the Region that of the signature.
    expect(QueueUrl).toBe(`${emulator.endpoint}/111122223333/javascript`);
    expect(
      (await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '주문 <1> & "2"' }))).MessageId,
    ).toBeDefined();
    expect(emulator.cloud.at('111122223333', 'eu-west-1').sqs.queueByName('javascript')?.counts().visible).toBe(1);
  });

  it('HTTP/2: Kinesis signs the authority', async () => {
    expect((await new KinesisClient(sdk()).send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
  });

  it('Query: SNS, STS and Auto Scaling', async () => {
    expect((await new STSClient(sdk()).send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333');
    expect((await new SNSClient(sdk()).send(new ListTopicsCommand({}))).Topics ?? []).toEqual([]);
    const groups = await new AutoScalingClient(sdk()).send(new DescribeAutoScalingGroupsCommand({}));
    expect(groups.AutoScalingGroups).toEqual([]);
  });

  it('a compressed body is signed as it travels', async () => {
    const MetricData = Array.from({ length: 300 }, (_, n) => ({
      MetricName: `a-metric-with-a-long-name-${n}`,
      Value: n,
    }));
    const sent = new CloudWatchClient(sdk()).send(new PutMetricDataCommand({ Namespace: 'Test', MetricData }));
    expect((await sent).$metadata.httpStatusCode).toBe(200);
  });

  it('a session token is signed with the rest', async () => {
    const sts = new STSClient(sdk({ ...good, sessionToken: 'a/token+of=some length' }));
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333');
  });

  it.each([
    ['unknown key', 'InvalidClientTokenId', 403, /security token included in the request is invalid/],
    ['wrong secret', 'SignatureDoesNotMatch', 403, /The Canonical String for this request should have been/],
  ] as const)('%s: SQS hears %s', async (which, code, status, words) => {
    const refused = new SQSClient(sdk(others[which])).send(new ListQueuesCommand({}));
    await expect(refused).rejects.toMatchObject({
      Code: code,
      message: expect.stringMatching(words),
      $metadata: { httpStatusCode: status },
    });
  });

  it.each([
    ['unknown key', 'UnrecognizedClientException'],
    ['wrong secret', 'InvalidSignatureException'],
  ] as const)('%s: Kinesis hears %s', async (which, name) => {
    const refused = new KinesisClient(sdk(others[which])).send(new ListStreamsCommand({}));
    await expect(refused).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  });

  it.each([
    ['unknown key', 'InvalidClientTokenId'],
    ['wrong secret', 'SignatureDoesNotMatch'],
  ] as const)('%s: STS hears %s', async (which, name) => {
    const refused = new STSClient(sdk(others[which])).send(new GetCallerIdentityCommand({}));
    await expect(refused).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 403 } });
  });
});

const environment = (keys: { accessKeyId: string; secretAccessKey: string }): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
});

describe.skipIf(boto3.leftOut)('boto3', () => {
  it('SQS, Kinesis, CloudWatch, SNS, STS, Auto Scaling, and a presigned URL', async () => {
    const script = `
import boto3, json, os, urllib.request, urllib.error
client = lambda name: boto3.client(name, endpoint_url=os.environ['ENDPOINT'])
out = {}
url = client('sqs').create_queue(QueueName='boto3', Attributes={'VisibilityTimeout': '30'})['QueueUrl']
out['account'] = url.split('/')[3]
out['sent'] = 'MessageId' in client('sqs').send_message(QueueUrl=url, MessageBody='주문 <1> & "2"')
out['streams'] = client('kinesis').list_streams()['StreamNames']
data = [{'MetricName': 'a-metric-with-a-long-name-%d' % n, 'Value': n} for n in range(300)]
out['metrics'] = client('cloudwatch').put_metric_data(Namespace='Test', MetricData=data)['ResponseMetadata']['HTTPStatusCode']
out['topics'] = client('sns').list_topics()['Topics']
out['groups'] = client('autoscaling').describe_auto_scaling_groups()['AutoScalingGroups']
def get(url):
    try:
        with urllib.request.urlopen(url) as reply: return reply.status, reply.read().decode()
    except urllib.error.HTTPError as e: return e.code, e.read().decode()
presigned = client('sts').generate_presigned_url('get_caller_identity', HttpMethod='GET')
status, body = get(presigned)
out['presigned'] = [status, '<Account>111122223333</Account>' in body]
status, body = get(presigned + '&More=1')
out['changed'] = [status, '<Code>SignatureDoesNotMatch</Code>' in body]
print(json.dumps(out))
`;
    expect(await runBoto3(emulator.endpoint, script, environment(good))).toEqual({
      account: '111122223333',
      sent: true,
      streams: [],
      metrics: 200,
      topics: [],
      groups: [],
      presigned: [200, true],
      changed: [403, true],
    });
  });

  it.each([
    ['unknown key', ['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidClientTokenId']],
    ['wrong secret', ['SignatureDoesNotMatch', 'InvalidSignatureException', 'SignatureDoesNotMatch']],
  ] as const)('%s: SQS, Kinesis and STS hear %j', async (which, codes) => {
    const script = `
import boto3, json, os
from botocore.exceptions import ClientError
def code(name, action):
    try: getattr(boto3.client(name, endpoint_url=os.environ['ENDPOINT']), action)()
    except ClientError as e: return e.response['Error']['Code']
print(json.dumps([code('sqs', 'list_queues'), code('kinesis', 'list_streams'), code('sts', 'get_caller_identity')]))
`;
    expect(await runBoto3(emulator.endpoint, script, environment(others[which]))).toEqual(codes);
  });

  it('an unsigned call is one without a token', async () => {
    const script = `
import boto3, json, os
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
try: boto3.client('sqs', endpoint_url=os.environ['ENDPOINT'], config=Config(signature_version=UNSIGNED)).list_queues()
except ClientError as e: print(json.dumps([e.response['Error']['Code'], e.response['ResponseMetadata']['HTTPStatusCode']]))
`;
    expect(await runBoto3(emulator.endpoint, script)).toEqual(['MissingAuthenticationToken', 403]);
  });
});

describe.skipIf(awsCli.leftOut)('AWS CLI', () => {
  it.each([
    ['sqs', 'create-queue', '--queue-name', 'cli'],
    ['kinesis', 'list-streams'],
    ['cloudwatch', 'list-metrics'],
    ['sns', 'list-topics'],
    ['sts', 'get-caller-identity'],
    ['autoscaling', 'describe-auto-scaling-groups'],
  ])('%s %s is good', async (...args) => {
    const { status, stderr } = await runAws(emulator.endpoint, args, environment(good));
    expect([status, stderr]).toEqual([0, '']);
  });

  it('hears what AWS says', async () => {
    const unknown = await runAws(emulator.endpoint, ['sqs', 'list-queues'], environment(others['unknown key']));
    expect(unknown.stderr).toContain('(InvalidClientTokenId) when calling the ListQueues operation');
    const wrong = await runAws(emulator.endpoint, ['sts', 'get-caller-identity'], environment(others['wrong secret']));
    expect(wrong.stderr).toContain('(SignatureDoesNotMatch) when calling the GetCallerIdentity operation');
    const unsigned = await runAws(emulator.endpoint, ['sns', 'list-topics', '--no-sign-request']);
    expect(unsigned.stderr).toContain('(MissingAuthenticationToken) when calling the ListTopics operation');
  });
});

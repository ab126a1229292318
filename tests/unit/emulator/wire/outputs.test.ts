/** Which actions have an output, as AWS's models of the services say: Query gives a Result element accordingly, JSON a body. */
import { describe, expect, it } from 'vitest';
import { bodyText, exchange, query, testCloud, utf8 } from './exchange.ts';

const model: Readonly<Record<string, { readonly none: readonly string[]; readonly empty: readonly string[] }>> = {
  sns: {
    none: [
      'AddPermission',
      'DeleteEndpoint',
      'DeletePlatformApplication',
      'DeleteTopic',
      'PutDataProtectionPolicy',
      'RemovePermission',
      'SetEndpointAttributes',
      'SetPlatformApplicationAttributes',
      'SetSubscriptionAttributes',
      'SetTopicAttributes',
      'Unsubscribe',
    ],
    empty: [
      'CreateSMSSandboxPhoneNumber',
      'DeleteSMSSandboxPhoneNumber',
      'OptInPhoneNumber',
      'SetSMSAttributes',
      'TagResource',
      'UntagResource',
      'VerifySMSSandboxPhoneNumber',
    ],
  },
  sqs: {
    none: [
      'AddPermission',
      'ChangeMessageVisibility',
      'DeleteMessage',
      'DeleteQueue',
      'PurgeQueue',
      'RemovePermission',
      'SetQueueAttributes',
      'TagQueue',
      'UntagQueue',
    ],
    empty: [],
  },
  monitoring: {
    none: [
      'DeleteAlarms',
      'DisableAlarmActions',
      'EnableAlarmActions',
      'PutMetricAlarm',
      'PutMetricData',
      'SetAlarmState',
    ],
    empty: [],
  },
  autoscaling: {
    none: [
      'CreateAutoScalingGroup',
      'CreateLaunchConfiguration',
      'DeleteAutoScalingGroup',
      'DeleteLaunchConfiguration',
      'DeletePolicy',
      'DisableMetricsCollection',
      'EnableMetricsCollection',
      'ExecutePolicy',
      'SetDesiredCapacity',
      'UpdateAutoScalingGroup',
    ],
    empty: ['SetInstanceProtection'],
  },
  sts: { none: [], empty: [] },
};

describe.each(Object.entries(model))('the outputs of %s', (scopeName, { none, empty }) => {
  const { actions } = testCloud().home.services.find((one) => one.scopeName === scopeName)!;
  const named = (of: (members: number | null) => boolean): string[] =>
    [...actions.values()]
      .filter(({ output }) => of(output === null ? null : output.entries.length))
      .map(({ name }) => name)
      .sort();

  it('are missing where the model has none', () => expect(named((members) => members === null)).toEqual(none));
  it('are empty where the model has a structure without members', () =>
    expect(named((members) => members === 0)).toEqual(empty));
});

describe('replies without an output', () => {
  const sns = { Version: '2010-03-31' };
  const TopicArn = 'arn:aws:sns:us-east-1:000000000000:t';
  const metadata = '  <ResponseMetadata>\n    <RequestId>request-1</RequestId>\n  </ResponseMetadata>\n';

  it('SNS-150: none has no Result element, an empty one has an empty one', async () => {
    const cloud = testCloud();
    await query(cloud, { ...sns, Action: 'CreateTopic', Name: 't' });
    const tagged = await query(cloud, {
      ...sns,
      Action: 'UntagResource',
      ResourceArn: TopicArn,
      'TagKeys.member.1': 'k',
    });
    const namespace = 'xmlns="http://sns.amazonaws.com/doc/2010-03-31/"';
    expect(bodyText(tagged)).toBe(
      `<UntagResourceResponse ${namespace}>\n  <UntagResourceResult/>\n${metadata}</UntagResourceResponse>\n`,
    );
    const deleted = await query(cloud, { ...sns, Action: 'DeleteTopic', TopicArn });
    expect(bodyText(deleted)).toBe(`<DeleteTopicResponse ${namespace}>\n${metadata}</DeleteTopicResponse>\n`);
  });

  it('SQS-125: neither a Result element in Query nor a body in JSON', async () => {
    const cloud = testCloud();
    cloud.home.sqs.createQueue('q', {});
    const QueueUrl = 'http://127.0.0.1:4566/000000000000/q';
    const purged = await query(cloud, {
      Version: '2012-11-05',
      Action: 'TagQueue',
      QueueUrl,
      'Tag.1.Key': 'k',
      'Tag.1.Value': 'v',
    });
    expect(bodyText(purged)).toBe(
      '<?xml version="1.0"?><TagQueueResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/">' +
        '<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></TagQueueResponse>',
    );
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.PurgeQueue' };
    const reply = await exchange(cloud, { headers, body: utf8(JSON.stringify({ QueueUrl })) });
    expect([reply.status, reply.headers['content-type'], reply.body]).toEqual([200, 'application/x-amz-json-1.0', '']);
  });

  // Lengths that users have recorded, with a request id and a message id of 36 characters.
  it.each([
    ['PublishResponse', 294, { ...sns, Action: 'Publish', TopicArn, Message: 'm' }],
    [
      'PutMetricDataResponse',
      212,
      {
        Version: '2010-08-01',
        Action: 'PutMetricData',
        Namespace: 'n',
        'MetricData.member.1.MetricName': 'm',
        'MetricData.member.1.Value': '1',
      },
    ],
  ])('%s is as long as recorded: %i bytes', async (_root, bytes, fields) => {
    const cloud = testCloud();
    await query(cloud, { ...sns, Action: 'CreateTopic', Name: 't' });
    const reply = await query(cloud, fields);
    expect(reply.status).toBe(200);
    const requestId = '00000000-0000-4000-8000-000000000000';
    expect(bodyText(reply).replace('request-1', requestId)).toHaveLength(bytes);
  });
});

/** Query requests that real clients have sent, and what AWS's front ends answered to them: WIRE-01 to WIRE-07. */
import { expect, it } from 'vitest';
import { bodyText, query, testCloud } from './exchange.ts';

const QueueUrl = 'http://h/000000000000/orders';
const [sqs, sns] = [{ Version: '2012-11-05', QueueUrl }, { Version: '2010-03-31' }];
const statistics = {
  Action: 'GetMetricStatistics',
  Version: '2010-08-01',
  Namespace: 'N',
  MetricName: 'M',
  StartTime: '2026-03-01T00:00:00Z',
  EndTime: '2026-03-01T01:00:00Z',
  Period: '60',
  'Statistics.member.1': 'Sum',
};
const malformed = 'MalformedInput';

const refused: readonly (readonly [who: string, fields: Record<string, string>, code: string, message: string])[] = [
  [
    'entries of a batch under the name of the model',
    { ...sqs, Action: 'DeleteMessageBatch', 'Entries.1.Id': 'a', 'Entries.1.ReceiptHandle': 'b' },
    malformed,
    'Top level element may not be treated as a list',
  ],
  [
    'a list without its member',
    { ...statistics, 'Dimensions.1.Name': 'a', 'Dimensions.1.Value': 'b' },
    malformed,
    'Top level element may not be treated as a list',
  ],
  [
    'a list with a member that it does not have',
    { ...sqs, Action: 'ReceiveMessage', 'MessageAttributeNames.member.1': 'All' },
    malformed,
    'Start of list found where not expected',
  ],
  [
    'a structure in place of a text',
    { ...sns, Action: 'Subscribe', Protocol: 'sqs', TopicArn: 'x', 'Endpoint.EndpointArn': 'y' },
    malformed,
    'Start of list found where not expected',
  ],
  [
    'lists that begin at 0',
    { ...sqs, Action: 'ReceiveMessage', 'AttributeNameList.0': 'All' },
    malformed,
    '0 is not a valid index',
  ],
  [
    'an empty map of queue attributes',
    { Version: '2012-11-05', Action: 'CreateQueue', QueueName: 'q', Attribute: '' },
    malformed,
    'End of list found where not expected',
  ],
  [
    'an empty map of queue attributes, to set',
    { ...sqs, Action: 'SetQueueAttributes', Attribute: '' },
    malformed,
    'End of list found where not expected',
  ],
  [
    'an empty map of message attributes',
    { ...sqs, Action: 'SendMessage', MessageBody: 'x', MessageAttribute: '' },
    'InvalidParameterValue',
    'The request must contain non-empty message (user) attribute names.',
  ],
  [
    'message attributes by key and value',
    {
      ...sqs,
      Action: 'SendMessage',
      MessageBody: 'x',
      'MessageAttribute.1.key': 'a',
      'MessageAttribute.1.value.DataType': 'String',
      'MessageAttribute.1.value.StringValue': 'b',
    },
    'InvalidParameterValue',
    'The request must contain non-empty message (user) attribute names.',
  ],
  [
    'the same under the name of the model',
    { ...sqs, Action: 'SendMessage', MessageBody: 'x', 'MessageAttributes.1.key': 'a' },
    'InvalidParameterValue',
    'The request must contain non-empty message (user) attribute names.',
  ],
  [
    'nanoseconds',
    { ...statistics, EndTime: '2026-03-01T01:00:00.179959787Z' },
    malformed,
    'timestamp must follow ISO8601',
  ],
  ['seconds since the epoch', { ...statistics, EndTime: '1772326800' }, malformed, 'timestamp must follow ISO8601'],
  [
    'a boolean in capitals',
    { Version: '2010-08-01', Action: 'PutMetricAlarm', AlarmName: 'a', ActionsEnabled: 'TRUE' },
    malformed,
    'boolean must follow xsd1.1 definition',
  ],
];

it.each(refused)('%s', async (_who, fields, code, message) => {
  const cloud = testCloud();
  cloud.home.sqs.createQueue('orders', {});
  const reply = await query(cloud, fields);
  const text = bodyText(reply);
  const found = [/<Code>(.*)<\/Code>/.exec(text)?.[1], /<Message>(.*)<\/Message>/.exec(text)?.[1]];
  expect([reply.status, ...found]).toEqual([400, code, message]);
});

it('times without hyphens and colons are taken, as the collectd plugin of CloudWatch writes them', async () => {
  const cloud = testCloud();
  const put = await query(cloud, {
    Version: '2010-08-01',
    Action: 'PutMetricData',
    Namespace: 'N',
    'MetricData.member.1.MetricName': 'M',
    'MetricData.member.1.Timestamp': '20260301T000010Z',
    'MetricData.member.1.Value': '7',
  });
  expect(put.status).toBe(200);
  expect(bodyText(await query(cloud, statistics))).toContain('<Sum>7');
});

it('message attributes are read under the name of the model too', async () => {
  const cloud = testCloud();
  cloud.home.sqs.createQueue('orders', {});
  const reply = await query(cloud, {
    ...sqs,
    Action: 'SendMessage',
    MessageBody: 'x',
    'MessageAttributes.1.Name': 'a',
    'MessageAttributes.1.Value.DataType': 'String',
    'MessageAttributes.1.Value.StringValue': 'b',
  });
  expect(bodyText(reply)).toContain('<MD5OfMessageAttributes>');
});

it.each([
  ['Tag', ['a', 'b']],
  ['Tags', ['a', 'b']],
])('[SQS-130] TagQueue takes %s.N.Key', async (name, keys) => {
  const cloud = testCloud();
  const queue = cloud.home.sqs.createQueue('orders', {});
  const entries = keys.flatMap((key, n) => [
    [`${name}.${n + 1}.Key`, key],
    [`${name}.${n + 1}.Value`, '1'],
  ]);
  await query(cloud, { ...sqs, Action: 'TagQueue', ...Object.fromEntries(entries) });
  expect([...queue.tags.keys()]).toEqual(keys);
});

it('[SQS-130] CreateQueue takes tags under no other name than `Tag`', async () => {
  const cloud = testCloud();
  await query(cloud, {
    Action: 'CreateQueue',
    Version: '2012-11-05',
    QueueName: 'q',
    'tags.1.Key': 'b',
    'tags.1.Value': '1',
    'Tags.1.Key': 'c',
    'Tags.1.Value': '1',
  });
  expect([...cloud.home.sqs.queueByName('q')!.tags.keys()]).toEqual([]);
});

it.each([
  [{ Action: 'publish', Version: '2010-03-31' }, 'publish for version 2010-03-31'],
  [{ Action: 'ListQueues', Version: '2011-10-01' }, 'ListQueues for version 2011-10-01'],
  [{ Action: 'Nothing' }, 'Nothing for version NO_VERSION_SPECIFIED'],
])('%j is no operation, in the name of no service', async (fields, which) => {
  expect(bodyText(await query(testCloud(), fields))).toBe(
    '<ErrorResponse xmlns="http://webservices.amazon.com/AWSFault/2005-15-09">\n  <Error>\n    <Type>Sender</Type>\n' +
      `    <Code>InvalidAction</Code>\n    <Message>Could not find operation ${which}</Message>\n  </Error>\n` +
      '  <RequestId>request-1</RequestId>\n</ErrorResponse>\n',
  );
});

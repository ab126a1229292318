/** Values of topic attributes, and requests to endpoints and other Regions, as public reports and examples of AWS's own show them taken and refused. */
import { describe, expect, it } from 'vitest';
import { testCloud, topicArn } from './harness.ts';
import { ask, attributesIn, invalid, refused, textOf } from './recorded.ts';

const TopicArn = topicArn('t');
const setting = (AttributeName: string, AttributeValue: string) => ({ TopicArn, AttributeName, AttributeValue });

describe('[SNS-163] true and false', () => {
  it('in any case, as the examples for Python write them', async () => {
    const cloud = testCloud();
    const Attributes = { FifoTopic: 'True', ContentBasedDeduplication: 'False', FifoThroughputScope: 'MessageGroup' };
    for (let n = 0; n < 2; n++) {
      expect((await ask(cloud, 'CreateTopic', { Name: 't.fifo', Attributes })).status).toBe(200);
    }
    const shown = async () => attributesIn(await ask(cloud, 'GetTopicAttributes', { TopicArn: topicArn('t.fifo') }));
    expect(await shown()).toMatchObject({ FifoTopic: 'true', ContentBasedDeduplication: 'false' });
    const request = { ...setting('ContentBasedDeduplication', 'TRUE'), TopicArn: topicArn('t.fifo') };
    await ask(cloud, 'SetTopicAttributes', request);
    expect(await shown()).toMatchObject({ ContentBasedDeduplication: 'true' });
    const message = { TopicArn: topicArn('t.fifo'), Message: 'x', MessageGroupId: 'g' };
    expect((await ask(cloud, 'Publish', message)).status).toBe(200);
  });

  it.each(['', 'yes'])('nothing else: "%s"', async (value) => {
    const cloud = testCloud();
    const words = `Invalid value [${value}]. Must be true or false.`;
    expect(await refused(cloud, 'CreateTopic', { Name: 't', Attributes: { FifoTopic: value } })).toEqual(
      invalid(`Attributes Reason: FifoTopic: ${words}`),
    );
    const Attributes = { FifoTopic: 'true', ContentBasedDeduplication: value };
    expect(await refused(cloud, 'CreateTopic', { Name: 't.fifo', Attributes })).toEqual(
      invalid(`Attributes Reason: ContentBasedDeduplication: ${words}`),
    );
  });
});

describe('[SNS-164] attributes that cannot be set back by an empty text, and roles', () => {
  const role = 'is not a valid role to allow SNS to write to Cloudwatch Logs';

  it.each([
    ['Policy', '', 'Policy is empty'],
    [
      'ApplicationSuccessFeedbackSampleRate',
      '',
      'ApplicationSuccessFeedbackSampleRate:  value provided is not an integer between 0-100',
    ],
    ['LambdaSuccessFeedbackRoleArn', 'no role', `LambdaSuccessFeedbackRoleArn: no role ${role}`],
    ['SQSFailureFeedbackRoleArn', TopicArn, `SQSFailureFeedbackRoleArn: ${TopicArn} ${role}`],
    [
      'HTTPSuccessFeedbackRoleArn',
      'arn:aws:iam::000000000000:role/',
      `HTTPSuccessFeedbackRoleArn: arn:aws:iam::000000000000:role/ ${role}`,
    ],
    ['HTTPSSuccessFeedbackRoleArn', 'arn:aws:iam::000000000000:role/r', 'AttributeName'],
  ])('%s "%s"', async (name, value, reason) => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't' });
    const before = attributesIn(await ask(cloud, 'GetTopicAttributes', { TopicArn }));
    expect(await refused(cloud, 'SetTopicAttributes', setting(name, value))).toEqual(invalid(reason));
    expect(attributesIn(await ask(cloud, 'GetTopicAttributes', { TopicArn }))).toEqual(before);
    if (reason === 'AttributeName') return;
    expect(await refused(cloud, 'CreateTopic', { Name: 'u', Attributes: { [name]: value } })).toEqual(
      invalid(`Attributes Reason: ${reason}`),
    );
  });

  it('a role is taken, also below a path and of another partition, and taken away', async () => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't' });
    for (const value of ['arn:aws:iam::000000000000:role/r', 'arn:aws-cn:iam::000000000000:role/of/logs/r', '']) {
      expect((await ask(cloud, 'SetTopicAttributes', setting('HTTPSuccessFeedbackRoleArn', value))).status).toBe(200);
    }
    const attributes = attributesIn(await ask(cloud, 'GetTopicAttributes', { TopicArn }));
    expect(attributes).not.toHaveProperty('HTTPSuccessFeedbackRoleArn');
  });

  it('an archive ends with {} and not with an empty text', async () => {
    const cloud = testCloud();
    const kept = '{"MessageRetentionPeriod":"30"}';
    await ask(cloud, 'CreateTopic', { Name: 't.fifo', Attributes: { FifoTopic: 'true', ArchivePolicy: kept } });
    const of = (value: string) => ({ ...setting('ArchivePolicy', value), TopicArn: topicArn('t.fifo') });
    const deleting = { TopicArn: topicArn('t.fifo') };
    expect((await refused(cloud, 'SetTopicAttributes', of(''))).code).toBe('InvalidParameter');
    expect((await refused(cloud, 'DeleteTopic', deleting)).code).toBe('InvalidState');
    expect((await ask(cloud, 'SetTopicAttributes', of('{}'))).status).toBe(200);
    expect((await ask(cloud, 'DeleteTopic', deleting)).status).toBe(200);
  });

  it('RemovePermission of the last statement leaves none', async () => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't' });
    await ask(cloud, 'RemovePermission', { TopicArn, Label: '__default_statement_ID' });
    const attributes = attributesIn(await ask(cloud, 'GetTopicAttributes', { TopicArn }));
    expect(attributes).not.toHaveProperty('Policy');
    expect(attributes).toHaveProperty('DisplayName', '');
  });
});

describe('[SNS-153] a retry policy of a topic', () => {
  // Each lies where a default in the place of another would not do.
  const all = { minDelayTarget: 1, maxDelayTarget: 2, numRetries: 4, numNoDelayRetries: 4 };
  const of = (retry: object) =>
    setting('DeliveryPolicy', JSON.stringify({ http: { defaultHealthyRetryPolicy: retry } }));

  it.each(['minDelayTarget', 'maxDelayTarget', 'numRetries'])('says %s or nothing', async (name) => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't' });
    const words = invalid(`DeliveryPolicy: http.defaultHealthyRetryPolicy.${name} must be specified`);
    expect(await refused(cloud, 'SetTopicAttributes', of({ ...all, [name]: undefined }))).toEqual(words);
    expect(await refused(cloud, 'SetTopicAttributes', of({ ...all, [name]: null }))).toEqual(words);
    expect((await ask(cloud, 'SetTopicAttributes', of(all))).status).toBe(200);
    expect((await ask(cloud, 'SetTopicAttributes', of({}))).status).toBe(200);
  });
});

describe('[SNS-165] a policy that is none', () => {
  const statement = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'SNS:Publish', Resource: TopicArn };
  const policy = (over: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...over }] });

  it.each([
    ['no JSON', 'x'],
    ['a member that is none', policy({ Principal: undefined, Principle: { AWS: '*' } })],
    ['nobody', policy({ Principal: { AWS: [] } })],
    ['no effect', policy({ Effect: 'Perhaps' })],
    ['a member that is called like another fault', policy({ 'Invalid principal in policy': 1 })],
  ])('%s', async (_, value) => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't' });
    expect(await refused(cloud, 'SetTopicAttributes', setting('Policy', value))).toEqual(invalid('Policy Error: null'));
  });
});

describe('[SNS-167] Publish to an endpoint', () => {
  it.each([
    [{ Message: 'msg', MessageStructure: 'json' }],
    [{ Message: '' }],
    [{ Message: 'x', MessageAttributes: { 'a b': { DataType: 'String', StringValue: 'x' } } }],
  ])('is refused for the endpoint before the message is looked at: %o', async (message) => {
    const cloud = testCloud();
    const application = { Name: 'a', Platform: 'GCM', Attributes: { PlatformCredential: 'key' } };
    const made = await ask(cloud, 'CreatePlatformApplication', application);
    const PlatformApplicationArn = textOf(made.xml, 'PlatformApplicationArn');
    const device = { PlatformApplicationArn, Token: 'token', Attributes: { Enabled: 'false' } };
    const EndpointArn = textOf((await ask(cloud, 'CreatePlatformEndpoint', device)).xml, 'EndpointArn');
    const request = { TargetArn: EndpointArn, ...message };
    const disabled = { status: 400, type: 'Sender', code: 'EndpointDisabled', message: 'Endpoint is disabled' };
    expect(await refused(cloud, 'Publish', request)).toEqual(disabled);
    await ask(cloud, 'DeleteEndpoint', { EndpointArn });
    expect(await refused(cloud, 'Publish', request)).toEqual(
      invalid('TargetArn Reason: No endpoint found for the target arn specified'),
    );
  });
});

describe('[SNS-154] Subscribe to an endpoint that is deleted', () => {
  it('gives a subscription that was there before, and no new one', async () => {
    const cloud = testCloud();
    const application = { Name: 'a', Platform: 'GCM', Attributes: { PlatformCredential: 'key' } };
    const app = await ask(cloud, 'CreatePlatformApplication', application);
    const device = { PlatformApplicationArn: textOf(app.xml, 'PlatformApplicationArn'), Token: 'token' };
    const EndpointArn = textOf((await ask(cloud, 'CreatePlatformEndpoint', device)).xml, 'EndpointArn')!;
    for (const Name of ['t', 'u']) await ask(cloud, 'CreateTopic', { Name });
    const joining = (name: string) => ({ TopicArn: topicArn(name), Protocol: 'application', Endpoint: EndpointArn });
    const arnGiven = async () => textOf((await ask(cloud, 'Subscribe', joining('t'))).xml, 'SubscriptionArn');
    const before = await arnGiven();
    await ask(cloud, 'DeleteEndpoint', { EndpointArn });
    expect(before).toContain(`${TopicArn}:`);
    expect(await arnGiven()).toBe(before);
    expect(await refused(cloud, 'Subscribe', joining('u'))).toEqual(
      invalid(`Endpoint Reason: Endpoint does not exist for endpoint arn${EndpointArn}`),
    );
  });
});

describe('[SNS-166] Publish with the parameter TargetArn', () => {
  it('says so when the topic is of another Region', async () => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't' });
    for (const parameter of ['TopicArn', 'TargetArn']) {
      const request = { [parameter]: TopicArn, Message: 'x' };
      expect((await ask(cloud, 'Publish', request)).status).toBe(200);
      expect(await refused(cloud, 'Publish', request, 'eu-west-1')).toEqual(invalid(parameter));
    }
  });
});

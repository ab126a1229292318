/** SNS and SQS actions called on a cloud without a wire, and what a queue holds afterwards. */
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { AwsError, type CallScope } from '../../../../src/emulator/service.ts';
import type { Message } from '../../../../src/emulator/sqs/message.ts';

export { startMs, testCloud } from '../wire/exchange.ts';

export const origin = 'http://127.0.0.1:4566';

export interface Caller {
  readonly accountId?: string;
  readonly region?: string;
  readonly signed?: boolean;
}

type Output = Record<string, unknown> & { readonly error?: string; readonly message?: string };

/** An action by its name; the error's code and message in place of the output where it fails. */
export async function call(
  cloud: Cloud,
  scopeName: string,
  action: string,
  input: unknown,
  caller: Caller = {},
): Promise<Output> {
  const { accountId = '000000000000', region = 'us-east-1', signed = true } = caller;
  const service = cloud.at(accountId, region).services.find((one) => one.scopeName === scopeName)!;
  const scope: CallScope = {
    accountId,
    region,
    signed,
    origin,
    requestId: 'request-1',
    printable: false,
    signal: { aborted: false, onAbort: () => {} },
  };
  try {
    const running = service.actions.get(action)!.run(service.state, input as never, scope);
    cloud.world.advanceTo(cloud.world.nowMs());
    return ((await running) ?? {}) as Output;
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
    return { error: thrown.queryCode, message: thrown.message };
  }
}

export const sns = (cloud: Cloud, action: string, input: unknown, caller?: Caller): Promise<Output> =>
  call(cloud, 'sns', action, input, caller);
export const sqs = (cloud: Cloud, action: string, input: unknown, caller?: Caller): Promise<Output> =>
  call(cloud, 'sqs', action, input, caller);

export const topicArn = (name: string, accountId = '000000000000', region = 'us-east-1'): string =>
  `arn:aws:sns:${region}:${accountId}:${name}`;
export const queueArn = (name: string, accountId = '000000000000', region = 'us-east-1'): string =>
  `arn:aws:sqs:${region}:${accountId}:${name}`;

/** Lets every topic send; what a user's template would say of one. */
export const openPolicy = (arn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: arn },
    ],
  });

/** A topic `t` and a queue `q` that it may send to, subscribed. */
export async function topicWithQueue(
  cloud: Cloud,
  options: {
    readonly fifo?: boolean;
    readonly attributes?: Record<string, string>;
    readonly topic?: Record<string, string>;
  } = {},
): Promise<{ TopicArn: string; SubscriptionArn: string }> {
  const suffix = options.fifo ? '.fifo' : '';
  const kind = options.fifo ? { ContentBasedDeduplication: 'true' } : {};
  const Attributes = { ...(options.fifo ? { FifoTopic: 'true' } : {}), ...kind, ...options.topic };
  const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: `t${suffix}`, Attributes });
  const arn = queueArn(`q${suffix}`);
  const ofQueue = { ...(options.fifo ? { FifoQueue: 'true' } : {}), ...kind, Policy: openPolicy(arn) };
  await sqs(cloud, 'CreateQueue', { QueueName: `q${suffix}`, Attributes: ofQueue });
  const request = { TopicArn, Protocol: 'sqs', Endpoint: arn, Attributes: options.attributes ?? {} };
  const { SubscriptionArn } = await sns(cloud, 'Subscribe', request);
  return { TopicArn: String(TopicArn), SubscriptionArn: String(SubscriptionArn) };
}

/** What is in a queue, oldest first. */
export function messagesIn(cloud: Cloud, name: string, accountId = '000000000000', region = 'us-east-1'): Message[] {
  return [...cloud.at(accountId, region).sqs.queueByName(name)!.peek()];
}

export const after = (cloud: Cloud, seconds: number): void =>
  cloud.world.advanceTo(cloud.world.nowMs() + seconds * 1_000);

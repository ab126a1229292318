/** A topic's message reaches the function whose URL the command line gave. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { expect, it } from 'vitest';
import { startSpillway } from './run.ts';

it('--lambda-targets: the event is posted to the function', async () => {
  const invoked = Promise.withResolvers<{ url: string; event: { Records: { Sns: { Message: string } }[] } }>();
  const lambda = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      invoked.resolve({ url: request.url!, event: JSON.parse(body) });
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => lambda.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(lambda.address() as AddressInfo).port}/functions/resize,v2/invocations`;
  const targets = `other=http://127.0.0.1:9/,resize=${url}`;
  const emulator = await startSpillway(
    ['emulator', '--port', '0', '--lambda-targets', targets],
    /ready at (http:\/\/\S+)/,
  );
  try {
    const sns = new SNSClient({
      endpoint: emulator.line[1]!,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'pictures' }));
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'lambda',
        Endpoint: 'arn:aws:lambda:us-east-1:000000000000:function:resize',
      }),
    );
    await sns.send(new PublishCommand({ TopicArn, Message: 'cat.png' }));
    const { url: asked, event } = await invoked.promise;
    expect(asked).toBe('/functions/resize,v2/invocations');
    expect(event.Records.map(({ Sns }) => Sns.Message)).toEqual(['cat.png']);
    sns.destroy();
  } finally {
    expect(await emulator.stop()).toBe(0);
    lambda.close();
  }
});

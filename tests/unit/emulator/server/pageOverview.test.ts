/** The page at `/`: queues, topics and streams, and the page of one topic. */
import { describe, expect, it } from 'vitest';
import { sns, topicWithQueue } from '../sns/harness.ts';
import { bodyText, startMs, testCloud } from '../wire/exchange.ts';
import { get, pathOf, plain, text } from './pageHarness.ts';

const queueColumns = 'Name Kind Visible In flight Delayed Age of oldest Dead-letter queue';

describe('the overview', () => {
  it('lists queues, topics and streams of every account and Region with their counts', () => {
    const cloud = testCloud();
    const queue = cloud.home.sqs.createQueue('orders', {});
    for (let n = 0; n < 1_234; n++) queue.send({ body: 'x' });
    queue.receive(2);
    queue.send({ body: 'x', delaySeconds: 60 });
    cloud.at('111122223333', 'eu-west-1').sqs.createQueue('far.fifo', { FifoQueue: 'true' });
    cloud.home.sns.createTopic('news', {}, new Map());
    const { kinesis } = cloud.home;
    const stream = kinesis.createStream({ name: 'clicks', mode: 'PROVISIONED', shardCount: 2, active: true });
    for (let n = 0; n < 3; n++)
      stream.putRecord({ partitionKey: String(n), explicitHashKey: null, data: new Uint8Array(1) });
    cloud.world.advanceTo(startMs + 7_000);
    expect(plain(text(cloud))).toBe(
      `000000000000 · us-east-1 Queues 1 ${queueColumns} orders standard 1,232 2 1 7 s ` +
        'Topics 1 Name Kind Subscriptions Delivers to news standard 0 ' +
        'Streams 1 Name Status Open shards Records Retention Mode clicks ACTIVE 2 3 24 h PROVISIONED ' +
        `111122223333 · eu-west-1 Queues 1 ${queueColumns} far.fifo FIFO 0 0 0`,
    );
    expect(text(cloud)).toContain(`<a href="${pathOf(queue.arn)}">orders</a>`);
  });

  it('shows with arrows where messages go that are given up, and where they come from', () => {
    const cloud = testCloud();
    const { sqs } = cloud.home;
    const dead = sqs.createQueue('dead', {});
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) sqs.createQueue(name, { RedrivePolicy });
    const shown = plain(text(cloud));
    expect(shown).toContain('a standard 0 0 0 → dead after 3 ×');
    expect(shown).toContain('dead standard 0 0 0 ← a , b , c and 2 more');
    expect(text(cloud)).toContain(`→ <a href="${pathOf(dead.arn)}">dead</a>`);
  });

  it('shows who is subscribed, the first five, and all on a page of the topic', async () => {
    const cloud = testCloud();
    const { TopicArn } = await topicWithQueue(cloud, {
      attributes: { FilterPolicy: '{"kind":["paid"]}', RawMessageDelivery: 'true' },
    });
    const add = (Protocol: string, Endpoint: string) => sns(cloud, 'Subscribe', { TopicArn, Protocol, Endpoint });
    await add('email', 'a@example.com');
    for (let n = 0; n < 150; n++) await add('sms', `+15550${100 + n}`);
    const page = text(cloud);
    expect(plain(page)).toContain(
      't standard 152 sqs → q filtered raw email → a@example.com pending confirmation ' +
        'sms → +15550100 sms → +15550101 sms → +15550102 and 147 more',
    );
    const first = text(cloud, `/?topic=${encodeURIComponent(TopicArn)}`);
    expect(plain(first)).toContain(
      'Subscriptions 152 Delivers to Filter policy Dead-letter queue sqs → q filtered raw',
    );
    expect(plain(first)).toContain('{&quot;kind&quot;:[&quot;paid&quot;]} MessageAttributes');
    expect(first.match(/sms →/g)).toHaveLength(98);
    const next = /<a href="([^"]*after=100)">Next 52<\/a>/.exec(first)![1]!.replaceAll('&amp;', '&');
    const second = text(cloud, next);
    expect([second.match(/sms →/g)!.length, second.includes('From the first'), second.includes('Next')]).toEqual([
      52,
      true,
      false,
    ]);
    expect(plain(text(cloud, '/?topic=x'))).toContain('There is no topic x.');
  });

  it('of very many queues shows the first thousand and says so', () => {
    const cloud = testCloud();
    for (let n = 0; n < 1_001; n++) cloud.home.sqs.createQueue(`q${String(n).padStart(4, '0')}`, {});
    const page = text(cloud);
    expect(page.match(/<tr><td>/g)).toHaveLength(1_000);
    expect(plain(page)).toContain('Queues 1,001');
    expect(plain(page)).toContain('The first 1,000 of 1,001.');
  });

  it('says how to begin while there is nothing', () => {
    expect(plain(text(testCloud()))).toBe(
      'Nothing here yet A first queue: aws --endpoint-url http://localhost:4566 sqs create-queue --queue-name orders ' +
        'And a message for it: aws --endpoint-url http://localhost:4566 sqs send-message ' +
        '--queue-url http://localhost:4566/000000000000/orders --message-body hello',
    );
  });

  it.each([
    [0, '2026-03-02 00:00:00 UTC (held)'],
    [60, '2026-03-02 00:00:00 UTC (60 × real time)'],
  ])('shows the clock at speed %i', (speed, words) => {
    expect(bodyText(get(testCloud(), {}, speed))).toContain(words);
  });
});

/** The page of one queue, in which language every page is, who may look, and that nothing shown can become markup. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Html, html } from '../../../../src/emulator/server/page/html.ts';
import { isPageRequest } from '../../../../src/emulator/server/page/isPageRequest.ts';
import { pageLanguage } from '../../../../src/emulator/server/page/language.ts';
import { defaultSubscriptionSettings } from '../../../../src/emulator/sns/subscriptionSettings.ts';
import type { Subscription } from '../../../../src/emulator/sns/topic.ts';
import type { WireRequest } from '../../../../src/emulator/wire/message.ts';
import { bodyText, startMs, testCloud } from '../wire/exchange.ts';
import { get, pathOf, plain, request, text } from './pageHarness.ts';

describe('a queue', () => {
  it('shows its messages, hidden ones too, and changes nothing', () => {
    const cloud = testCloud();
    const { sqs } = cloud.home;
    const dead = sqs.createQueue('dead', {});
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 });
    const queue = sqs.createQueue('orders', { RedrivePolicy });
    queue.send({ body: 'hidden', attributes: new Map([['kind', { dataType: 'String', value: 'paid' }]]) });
    queue.receive(1, 45);
    queue.send({ body: 'late', delaySeconds: 900 });
    queue.send({ body: 'there', groupId: 'tenant' });
    cloud.world.advanceTo(startMs + 5_250);
    const shown = plain(text(cloud, pathOf(queue.arn)));
    expect(shown).toContain('→ dead takes what was received 3 times');
    expect(shown).toContain('Visible 1 In flight 1 Delayed 1 Messages 1 to 3 of 3.');
    const id = '[\\da-f-]{36}';
    const sent = 'Sent 2026-03-02 00:00:00 UTC';
    expect(shown).toMatch(
      new RegExp(
        `In flight visible again in 40 s 2026-03-02 00:00:45 UTC ${id} hidden ${sent} Receive count 1 Sender 000000000000 ` +
          'Attributes and times attributes: 1 kind \\(String\\) paid',
      ),
    );
    expect(shown).toMatch(
      new RegExp(`Delayed delay ends in 14 min 55 s 2026-03-02 00:15:00 UTC ${id} late ${sent} Receive count 0`),
    );
    expect(shown).toMatch(
      new RegExp(`Visible ${id} there ${sent} Receive count 0 Sender 000000000000 Group tenant Attributes`),
    );
    expect(queue.counts()).toEqual({ visible: 1, notVisible: 1, delayed: 1 });
  });

  it('of dead letters says who gave them up, with a link there', () => {
    const cloud = testCloud();
    const { sqs } = cloud.home;
    const dead = sqs.createQueue('dead', {});
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const queue = sqs.createQueue('orders', { RedrivePolicy });
    queue.send({ body: 'poison' });
    queue.receive(1, 0);
    queue.receive(1, 0);
    const page = text(cloud, pathOf(dead.arn));
    expect(plain(page)).toContain('← orders give up their messages to this queue');
    expect(plain(page)).toContain(
      'poison Sent 2026-03-02 00:00:00 UTC Receive count 1 Sender 000000000000 Given up by orders',
    );
    expect(page.split(`<a href="${pathOf(queue.arn)}">orders</a>`)).toHaveLength(3);
    sqs.deleteQueue(queue);
    expect(plain(text(cloud, pathOf(dead.arn)))).toContain(`Given up by ${queue.arn}`);
  });

  it('of a hundred thousand messages shows fifty, wherever in the queue', () => {
    const cloud = testCloud();
    const queue = cloud.home.sqs.createQueue('orders', {});
    for (let n = 0; n < 100_000; n++) queue.send({ body: `message-${n};` });
    const page = text(cloud, pathOf(queue.arn, '&after=99899'));
    expect(plain(page)).toContain('Messages 99,901 to 99,950 of 100,000.');
    expect([...page.matchAll(/message-(\d+);/g)].map(([, n]) => Number(n))).toEqual(
      Array.from({ length: 50 }, (_, index) => 99_900 + index),
    );
    expect(page.length).toBeLessThan(100_000);
    expect(plain(text(cloud, pathOf(queue.arn, '&after=99999')))).toContain('No further messages.');
  });

  it('goes on page by page', () => {
    const cloud = testCloud();
    const queue = cloud.home.sqs.createQueue('orders', {});
    for (let n = 0; n < 60; n++) queue.send({ body: `message-${n};` });
    const first = text(cloud, pathOf(queue.arn));
    const next = /<a href="([^"]*after=[^"]*)">Next 50<\/a>/.exec(first)![1]!.replaceAll('&amp;', '&');
    const second = text(cloud, next);
    const count = (page: string): number => page.match(/message-\d+;/g)!.length;
    expect([count(first), count(second)]).toEqual([50, 10]);
    expect([second.includes('message-49;'), second.includes('message-50;')]).toEqual([false, true]);
    expect([second.includes('From the first'), second.includes('Next 50'), first.includes('From the first')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('cuts a long body and says so', () => {
    const cloud = testCloud();
    const queue = cloud.home.sqs.createQueue('orders', {});
    queue.send({ body: 'y'.repeat(10_000) });
    const page = text(cloud, pathOf(queue.arn));
    expect(page.match(/y{100,}/)![0]).toHaveLength(4_000);
    expect(page).toContain('4,000 of 10,000 characters.');
  });

  it('links to the same as JSON', () => {
    const cloud = testCloud();
    const queue = cloud.at('111122223333', 'eu-west-1').sqs.createQueue('far', {});
    const link = /href="(\/_spillway[^"]*)"/.exec(text(cloud, pathOf(queue.arn)))![1]!.replaceAll('&amp;', '&');
    expect(Object.fromEntries(new URL(link, 'http://x').searchParams)).toEqual({
      QueueUrl: '/111122223333/far',
      Region: 'eu-west-1',
    });
  });

  it.each(['arn:aws:sqs:us-east-1:000000000000:none', 'x', ''])('%j is none', (arn) => {
    const cloud = testCloud();
    const reply = get(cloud, { path: pathOf(arn) });
    expect([reply.status, plain(bodyText(reply))]).toEqual([
      404,
      `There is no queue ${arn}. All queues, topics and streams`,
    ]);
    expect(cloud.regions()).toHaveLength(1);
  });
});

describe('languages', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['ko', 'ko'],
    ['ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7', 'ko'],
    ['en-US,en;q=0.9,ko;q=0.8', 'en'],
    ['fr;q=1, ko;q=0.2', 'ko'],
    ['en;q=0.1, ko;q=0.2', 'ko'],
    ['KO', 'ko'],
    ['kok', 'en'],
    ['ko;q=0', 'en'],
    ['ko;q=x', 'en'],
  ])('Accept-Language %j: %s', (header, language) => {
    expect(pageLanguage(header)).toBe(language);
  });

  it('the page says which it is', () => {
    const reply = get(testCloud(), { headers: { 'accept-language': 'ko' } });
    expect(bodyText(reply)).toContain('<html lang="ko">');
    expect(plain(bodyText(reply))).toMatch(/^아직 아무것도 없습니다/);
    expect([reply.headers['content-language'], reply.headers.vary]).toEqual(['ko', 'accept-language']);
  });
});

describe('what is shown is text', () => {
  const marks = ['<script>', '<img src=x onerror=alert(1)>', '"><b>', "'", '&lt;', '</pre>', '\u0000', '\ud800'];

  it.each(marks)('%j in bodies, attributes and parameters', (mark) => {
    const cloud = testCloud();
    const queue = cloud.home.sqs.createQueue('orders', {});
    const attributes = new Map([[mark, { dataType: `String.${mark}`, value: mark }]]);
    queue.send({ body: mark, attributes, traceHeader: mark, groupId: mark });
    cloud.home.sns.createTopic('t', {}, new Map());
    const topic = cloud.home.sns.topics()[0]!;
    const settings = { ...defaultSubscriptionSettings, texts: new Map([['FilterPolicy', mark]]), deadLetterArn: mark };
    const subscription = { arn: 'x', topic, protocol: 'https', endpoint: mark, ownerId: '0', pending: null, settings };
    topic.subscriptions.set('x', subscription as unknown as Subscription);
    const odd = /<(script|img|b)\b|onerror=[^&]*>|&lt;lt;/;
    const page = text(cloud, pathOf(queue.arn));
    expect(page).not.toMatch(odd);
    expect(page.match(/<\/pre>/g)).toHaveLength(1);
    for (const fields of [{ queue: mark }, { topic: mark }, { topic: topic.arn }, {}])
      expect(text(cloud, `/?${new URLSearchParams(fields as Record<string, string>)}`)).not.toMatch(odd);
  });

  it('whatever is put into a template, there are no more tags than in the template', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (piece) => {
        expect(html`<p title="${piece}">${piece}</p>`.markup.match(/[<>"]/g)).toHaveLength(6);
      }),
    );
  });

  it('pieces: lists in order, HTML as it is, null as nothing, numbers as text', () => {
    expect(html`${[html`<i>`, '<', 1]}${null}${new Html('</i>')}`.markup).toBe('<i>&lt;1</i>');
  });
});

describe('who may look', () => {
  it('every reply forbids scripts, frames, forms and loading anything', () => {
    const policy = get(testCloud()).headers['content-security-policy']!;
    expect(policy.split('; ').map((one) => one.replace(/'sha256-[\w+/=]{44}'/, 'HASH'))).toEqual([
      "default-src 'none'",
      'style-src HASH',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(get(testCloud()).headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  it.each([
    ['http://localhost:4566', {}, 200],
    ['https://127.0.0.1:4566', {}, 200],
    ['http://[::1]:4566', {}, 200],
    ['http://evil.example', {}, 403],
    ['http://localhost.evil.example', {}, 403],
    ['http://localhost:4566', { origin: 'http://evil.example' }, 403],
  ])('called as %s with %j: %i', (origin, headers, status) => {
    expect(get(testCloud(), { origin, headers }).status).toBe(status);
  });

  it.each<[string, Partial<WireRequest>, boolean]>([
    ['/', {}, true],
    ['a queue', { path: '/?queue=x' }, true],
    ['a search of nobody', { path: '/?x=1' }, true],
    ['another path', { path: '/000000000000/orders' }, false],
    ['a post', { method: 'POST' }, false],
    ['Query in the URL', { path: '/?Action=ListQueues' }, false],
    ['a presigned URL', { path: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256' }, false],
    ['a signed request', { headers: { authorization: 'AWS4-HMAC-SHA256 x' } }, false],
    ['a target', { headers: { 'x-amz-target': 'x' } }, false],
  ])('%s is a request for the page: %o', (_what, part, is) => {
    expect(isPageRequest(request(part))).toBe(is);
  });
});

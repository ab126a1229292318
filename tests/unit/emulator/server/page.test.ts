/** The page at `/`: what it shows, in which language, and that nothing shown can become markup. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { Html, html } from '../../../../src/emulator/server/page/html.ts';
import { isPageRequest } from '../../../../src/emulator/server/page/isPageRequest.ts';
import { pageLanguage } from '../../../../src/emulator/server/page/language.ts';
import { answerPage } from '../../../../src/emulator/server/page/page.ts';
import type { WireReply, WireRequest } from '../../../../src/emulator/wire/message.ts';
import { bodyText, startMs, testCloud } from '../wire/exchange.ts';

const request = (part: Partial<WireRequest>): WireRequest => ({
  method: 'GET',
  path: '/',
  headers: {},
  body: new Uint8Array(0),
  origin: 'http://localhost:4566',
  signal: { aborted: false, onAbort: () => {} },
  ...part,
});
const get = (cloud: Cloud, part: Partial<WireRequest> = {}, speed = 0): WireReply =>
  answerPage(request(part), cloud, { nowMs: cloud.world.nowMs(), speed });
const text = (cloud: Cloud, path = '/', language = 'en'): string =>
  bodyText(get(cloud, { path, headers: { 'accept-language': language } }));
const pathOf = (arn: string, more = ''): string => `/?queue=${encodeURIComponent(arn)}${more}`;
/** Without its tags, blanks drawn together. */
const plain = (page: string): string =>
  page
    .replace(/^.*<main>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('the overview', () => {
  it('lists queues and topics of every account and Region with their counts', () => {
    const cloud = testCloud();
    const queue = cloud.home.sqs.createQueue('orders', {});
    for (let n = 0; n < 1_234; n++) queue.send({ body: 'x' });
    queue.receive(2);
    queue.send({ body: 'x', delaySeconds: 60 });
    cloud.at('111122223333', 'eu-west-1').sqs.createQueue('far.fifo', { FifoQueue: 'true' });
    cloud.home.sns.createTopic('news', {}, new Map());
    cloud.world.advanceTo(startMs + 7_000);
    expect(plain(text(cloud))).toBe(
      '000000000000 · us-east-1 Queues Name Kind Visible In flight Delayed Age of oldest orders standard 1,232 2 1 7 s ' +
        'Topics Name Kind Subscriptions Pending confirmation news standard 0 0 ' +
        '111122223333 · eu-west-1 Queues Name Kind Visible In flight Delayed Age of oldest far.fifo FIFO 0 0 0',
    );
    expect(text(cloud)).toContain(`<a href="${pathOf(queue.arn)}">orders</a>`);
  });

  it('says how to begin while there is nothing', () => {
    expect(plain(text(testCloud()))).toBe(
      'Nothing here yet. A first queue: aws --endpoint-url http://localhost:4566 sqs create-queue --queue-name orders',
    );
  });

  it.each([
    [0, '2026-03-02 00:00:00 UTC (held)'],
    [60, '2026-03-02 00:00:00 UTC (60 × real time)'],
  ])('shows the clock at speed %i', (speed, words) => {
    expect(bodyText(get(testCloud(), {}, speed))).toContain(words);
  });
});

describe('a queue', () => {
  it('shows its messages, hidden ones too, and changes nothing', () => {
    const cloud = testCloud();
    const { sqs } = cloud.home;
    const dead = sqs.createQueue('dead', {});
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 });
    const queue = sqs.createQueue('orders', { RedrivePolicy });
    queue.send({ body: 'hidden', attributes: new Map([['kind', { dataType: 'String', value: 'paid' }]]) });
    queue.receive(1);
    queue.send({ body: 'late', delaySeconds: 60 });
    queue.send({ body: 'there' });
    const shown = plain(text(cloud, pathOf(queue.arn)));
    expect(shown).toContain(`Received 3 times, a message goes to ${dead.arn}.`);
    expect(shown).toContain('Visible: 1 In flight: 1 Delayed: 1');
    expect(shown).toMatch(
      /In flight [\da-f-]{36} 2026-03-02 00:00:00 UTC received 1 × hidden Attributes and times kind \(String\) paid/,
    );
    expect(shown).toMatch(/Delayed [\da-f-]{36} .* late .*Visible [\da-f-]{36} .* received 0 × there/);
    expect(queue.counts()).toEqual({ visible: 1, notVisible: 1, delayed: 1 });
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
      `There is no queue ${arn}. All queues`.replace('  ', ' '),
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
    const odd = /<(script|img|b)\b|onerror=[^&]*>|&lt;lt;/;
    const page = text(cloud, pathOf(queue.arn));
    expect(page).not.toMatch(odd);
    expect(page.match(/<\/pre>/g)).toHaveLength(1);
    expect(text(cloud, `/?${new URLSearchParams({ queue: mark })}`)).not.toMatch(odd);
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

/** The page of a queue with texts that are longer than a page should be. */
import { expect, it } from 'vitest';
import { pathOf, text } from './server/pageHarness.ts';
import { testCloud } from './wire/exchange.ts';

it('shows no half of an emoji where it cuts a body', () => {
  const cloud = testCloud();
  const queue = cloud.home.sqs.createQueue('orders', {});
  queue.send({ body: `${'y'.repeat(3_999)}🚀 and more` });
  const page = text(cloud, pathOf(queue.arn));
  expect(page).toMatch(/y{3999}<\/pre>/);
  expect(page).toContain('3,999 of 4,010 characters.');
});

it('cuts attributes, too: a page of them would have fifty megabytes', () => {
  const cloud = testCloud();
  const queue = cloud.home.sqs.createQueue('orders', {});
  const attributes = new Map([
    ['long', { dataType: 'String', value: 'z'.repeat(10_000) }],
    ['bytes', { dataType: 'Binary', value: new Uint8Array(9_000) }],
    ['short', { dataType: 'String', value: 'whole' }],
  ]);
  queue.send({ body: 'hello', attributes });
  const page = text(cloud, pathOf(queue.arn));
  expect(page).toMatch(/>z{4000} <span class="quiet">4,000 of 10,000 characters\. Whole as JSON\.<\/span>/);
  expect(page).toMatch(/>A{4000} <span class="quiet">4,000 of 12,000 characters\. Whole as JSON\.<\/span>/);
  expect(page).toMatch(/<dt>short \(String\)<\/dt><dd dir="auto">whole<\/dd>/);
});

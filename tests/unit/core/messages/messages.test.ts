import { describe, expect, it } from 'vitest';
import { fillTemplate, messages, messageText } from '../../../../src/core/messages/index.ts';

const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]!))].sort();

describe.each(Object.entries(messages))('%s', (_code, message) => {
  it('says the same in both languages', () => {
    expect(placeholders(message.ko)).toEqual(placeholders(message.en));
  });
  it('is Korean in Korean and has no Hangul in English', () => {
    expect(message.ko).toMatch(/[가-힣]/);
    expect(message.en).not.toMatch(/[가-힣]/);
    expect(message.en.length).toBeGreaterThan(10);
  });
  it('keeps particles outside quotes, where they are read', () => {
    expect(message.ko).not.toMatch(/"\{\w+\|[^}]+\}"/);
  });
  it('has no bare particle after a name (UX-81)', () => {
    expect(message.ko).not.toMatch(/\}"?(은|는|이|가|을|를|과|와|으로|로)(?=[\s,.])/);
  });
});

it('fills a sentence', () => {
  expect(messageText('en', { code: 'PORT_IN_USE', params: { port: 4566, host: '127.0.0.1' } })).toContain(
    'Port 4566 on 127.0.0.1 is taken',
  );
});

it('leaves an unknown name visible instead of writing "undefined"', () => {
  expect(fillTemplate('{a} {b}', { a: 1 })).toBe('1 {b}');
});

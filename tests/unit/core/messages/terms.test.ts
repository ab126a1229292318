import { describe, expect, it } from 'vitest';
import { messageText } from '../../../../src/core/messages/index.ts';
import { phrases, phraseText } from '../../../../src/core/messages/terms.ts';

describe('phrases inside a sentence', () => {
  it('take the language of the sentence', () => {
    const missing = phrases([{ term: 'no-sent-messages' }, { term: 'launches' }]);
    const params = { resource: 'orders', missing };
    expect(messageText('en', { code: 'REPLAY_NEEDS', params })).toContain(
      'no sent messages (NumberOfMessagesSent) were recorded in the range; at least one finished launch',
    );
    expect(messageText('ko', { code: 'REPLAY_NEEDS', params })).toMatch(
      /orders를 리플레이할 수 없습니다: 구간에 기록된 .*; 완료된/,
    );
  });

  it('name each further fault with its field', () => {
    const problem = phrases([
      { term: 'noSteps' },
      { term: 'lowerNotBelowUpper', params: { lower: 5, upper: 3 }, at: 'policies[1].steps[0]' },
    ]);
    expect(phraseText('en', problem)).toBe(
      'no steps; give at least one; policies[1].steps[0]: lower bound 5 is not below upper bound 3',
    );
    expect(phraseText('ko', problem)).toContain('하한 5가 상한 3보다 작지 않습니다');
  });

  it('name things in the language of the sentence', () => {
    const params = { what: phrases([{ term: 'queue' }]), id: 'orders' };
    expect(messageText('en', { code: 'NOT_FOUND', params })).toContain('There is no queue "orders"');
    expect(messageText('ko', { code: 'NOT_FOUND', params })).toContain('대기열 "orders"');
    const here = { what: 'serve', why: phrases([{ term: 'pages-not-built' }]) };
    expect(messageText('ko', { code: 'NOT_AVAILABLE_HERE', params: here })).toMatch(/: 화면이 아직 .*시작하세요\.$/);
  });

  it('leave every other text alone, whatever it looks like', () => {
    for (const text of ['launches', '@', '{"term":"launches"}', '']) expect(phraseText('ko', text)).toBe(text);
  });
});

import { describe, expect, it } from 'vitest';
import { type TextKey, texts, translator } from '../../../src/renderer/i18n/index.ts';

const keys = Object.keys(texts.en) as TextKey[];
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)(?:\|[^}]+)?\}/g)].map(([, name]) => name!).sort();

describe('UX-80 the words of both languages', () => {
  it('have the same keys', () => {
    expect(Object.keys(texts.ko).sort()).toEqual([...keys].sort());
  });

  it.each(['en', 'ko'] as const)('are never empty in %s', (language) => {
    expect(keys.filter((key) => texts[language][key].trim() === '')).toEqual([]);
  });

  it('use the same placeholders', () => {
    const different = keys.filter((key) => placeholders(texts.en[key]).join() !== placeholders(texts.ko[key]).join());
    expect(different).toEqual([]);
  });

  it('hold no Hangul in English', () => {
    expect(keys.filter((key) => /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/.test(texts.en[key]))).toEqual([]);
  });

  it('leave no English sentence in Korean', () => {
    const untranslated = keys.filter(
      (key) => /[a-z]{2,}[ ,][a-z]{2,}/i.test(texts.en[key]) && texts.ko[key] === texts.en[key],
    );
    expect(untranslated).toEqual([]);
  });

  it('UX-81 never put a bare particle after a placeholder', () => {
    expect(keys.filter((key) => /\}(은|는|이|가|을|를|와|과|으로)(?=[\s.,]|$)/.test(texts.ko[key]))).toEqual([]);
  });

  it('fill placeholders with the particle that fits', () => {
    const t = translator('ko');
    expect(t('export.saved', { file: '보고서' })).toBe('보고서로 저장했습니다.');
    expect(t('connect.added', { name: '운영' })).toContain('운영을 연결');
    expect(translator('en')('connections.all', { n: 3 })).toBe('All connections (3)');
  });
});

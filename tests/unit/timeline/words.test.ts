import { describe, expect, it } from 'vitest';
import { type WordKey, words } from '../../../src/timeline/words/index.ts';

const placeholders = (template: string): string[] =>
  [...template.matchAll(/\{(\w+)(?:\|[^}]+)?\}/g)].map(([, name]) => name!).sort();

describe('the report’s words', () => {
  const keys = Object.keys(words.en) as WordKey[];

  it('both languages have the same keys, none of them empty', () => {
    expect(Object.keys(words.ko)).toEqual(keys);
    for (const key of keys) {
      expect(words.en[key].trim()).not.toBe('');
      expect(words.ko[key].trim()).not.toBe('');
    }
  });

  it.each(keys)('%s takes the same parameters in both', (key) => {
    // "1 instance" needs no {count} in one language and may spell it in the other.
    const needed = (language: 'en' | 'ko') => placeholders(words[language][key]).filter((name) => name !== 'count');
    expect(needed('ko')).toEqual(needed('en'));
  });

  it('every .one has its .other and the other way round', () => {
    const stems = (suffix: string) =>
      keys.filter((key) => key.endsWith(suffix)).map((key) => key.slice(0, -suffix.length));
    expect(stems('.one').sort()).toEqual(stems('.other').sort());
  });

  it('Korean is Korean: only names of services and signs stay as they are', () => {
    const kept = keys.filter(
      (key) => !/[가-힣]/.test(words.ko[key]) && /[A-Za-z]{3}/.test(words.ko[key].replace(/\{[^}]*\}/g, '')),
    );
    expect(kept).toEqual(['report.madeWithValue', 'assumption.price.value']);
  });
});

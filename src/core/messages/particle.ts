/**
 * Korean particles after an interpolated name: 은/는, 이/가, 을/를, 과/와, 으로/로, by the last sound (UX-81).
 *
 * Hangul syllables tell their final consonant, digits have one each; how Latin letters are read is latinSound.ts.
 */
import { consonant, latinSound, rieul, type Sound, vowel } from './latinSound.ts';

/** 영 일 이 삼 사 오 육 칠 팔 구 */
const digitSounds: readonly Sound[] = [
  consonant,
  rieul,
  vowel,
  consonant,
  vowel,
  vowel,
  consonant,
  rieul,
  rieul,
  vowel,
];

/** @returns the half of `pair` ("은/는", "으로/로") that fits; the first half is the one after a consonant */
export function particle(word: string, pair: string): string {
  const [afterConsonant = '', afterVowel = ''] = pair.split('/');
  const sound = lastSound(word.trimEnd());
  // 으로/로: a final ㄹ takes 로, as a vowel does.
  if (pair === '으로/로') return sound.final && !sound.rieul ? afterConsonant : afterVowel;
  return sound.final ? afterConsonant : afterVowel;
}

function lastSound(word: string): Sound {
  const last = word.at(-1);
  if (last === undefined) return vowel;
  const code = last.codePointAt(0)!;
  if (code >= 0xac00 && code <= 0xd7a3) {
    const jong = (code - 0xac00) % 28;
    if (jong === 0) return vowel;
    return jong === 8 ? rieul : consonant;
  }
  if (/[0-9]/.test(last)) return digitSounds[Number(last)]!;
  return /[A-Za-z]/.test(last) ? latinSound(word) : vowel;
}

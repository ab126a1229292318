/**
 * Korean particles after an interpolated name: 은/는, 이/가, 을/를, 과/와, 으로/로, by the last sound (UX-81).
 *
 * Hangul syllables tell their final consonant; digits and Latin letters go by how they are read aloud in Korean.
 */

// Read aloud: 0 영, 1 일, 3 삼, 6 육, 7 칠, 8 팔 end in a consonant; 2 이, 4 사, 5 오, 9 구 in a vowel.
const digitHasFinal = [true, true, false, true, false, false, true, true, true, false];
const digitIsRieul = [false, true, false, false, false, false, false, true, true, false];

/** @returns the half of `pair` ("은/는", "으로/로") that fits; the first half is the one after a consonant */
export function particle(word: string, pair: string): string {
  const [afterConsonant = '', afterVowel = ''] = pair.split('/');
  const last = word.trimEnd().at(-1);
  if (last === undefined) return afterVowel;
  const { final, rieul } = lastSound(last);
  // 으로/로: a final ㄹ takes 로, as a vowel does.
  if (pair === '으로/로') return final && !rieul ? afterConsonant : afterVowel;
  return final ? afterConsonant : afterVowel;
}

function lastSound(char: string): { final: boolean; rieul: boolean } {
  const code = char.codePointAt(0)!;
  if (code >= 0xac00 && code <= 0xd7a3) {
    const jong = (code - 0xac00) % 28;
    return { final: jong !== 0, rieul: jong === 8 };
  }
  if (char >= '0' && char <= '9') return { final: digitHasFinal[Number(char)]!, rieul: digitIsRieul[Number(char)]! };
  const lower = char.toLowerCase();
  if (lower === 'l' || lower === 'r') return { final: true, rieul: true };
  return { final: 'mn'.includes(lower), rieul: false };
}

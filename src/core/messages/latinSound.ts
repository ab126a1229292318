/**
 * How a word in Latin letters ends when Koreans read it aloud: `out` is 아웃, `port` 포트, `SQS` 에스큐에스.
 *
 * Short capitals and what has no vowel are spelled, everything else is read as the English word. Spelling decides, not a dictionary: the
 * few words that it gets wrong are listed. Which particle follows from that is particle.ts.
 */

/** The last sound of a word. ㄹ is a consonant too, but takes 로. */
export interface Sound {
  readonly final: boolean;
  readonly rieul: boolean;
}

export const vowel: Sound = { final: false, rieul: false };
export const consonant: Sound = { final: true, rieul: false };
export const rieul: Sound = { final: true, rieul: true };

/** @param word ends in a Latin letter; only what follows the last hyphen, digit or hump counts, as in `launch-delay` and `queueURL` */
export function latinSound(word: string): Sound {
  const part = /[A-Z]?[a-z]+$|[A-Z]+$/.exec(word)?.[0] ?? '';
  const lower = part.toLowerCase();
  return isSpelled(part) ? letterSound(lower) : wordSound(lower);
}

/** Read otherwise than the rules below say: 웹, 잡, 랩, 탭, 타입, 템플릿, 프라이빗; 체크; 아이피. */
const readAsConsonant = /(web|job|[lrt]ab|type|template|private)$/;
const readAsVowel = /(check|^ip)$/;

function isSpelled(part: string): boolean {
  return !/[aeiouy]/i.test(part) || (part.length <= 3 && part === part.toUpperCase());
}

/** 엘, 알 end in ㄹ; 엠, 엔 in another consonant. */
function letterSound(word: string): Sound {
  if (/[lr]$/.test(word)) return rieul;
  return /[mn]$/.test(word) ? consonant : vowel;
}

function wordSound(word: string): Sound {
  if (readAsConsonant.test(word)) return consonant;
  if (readAsVowel.test(word)) return vowel;
  // The e of file, name and zone is silent.
  const sounded = word.replace(/([aeiouy]\w*[lmn])e$/, '$1');
  if (/l$/.test(sounded)) return rieul;
  if (/([mn]|ng|mb)$/.test(sounded)) return consonant;
  return endsInStop(sounded) ? consonant : vowel;
}

/**
 * p, t, k close the syllable after a short vowel (셋, 스텝, 클록); after a long one or another consonant they get a vowel of their own
 * (히트, 포트). One vowel letter is taken for short, two for long, but for those named: 아웃, 그룹, 훅, 킵, 힙.
 */
function endsInStop(word: string): boolean {
  const single = word
    .replace(/pp$/, 'p')
    .replace(/tt$/, 't')
    .replace(/(ck|kk)$/, 'k');
  if (/(out|group|ook|eep|eap)$/.test(single)) return true;
  // The u of "quit" is part of its consonant.
  return /(^|[^aeiouy]|qu)[aeiouy][ptkc]$/.test(single);
}

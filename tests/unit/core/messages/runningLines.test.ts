/** What running commands say: the same facts in both languages, every name with its particle. */
import { describe, expect, it } from 'vitest';
import { emulatorLines } from '../../../../src/core/messages/emulatorLines.ts';
import { recordLines } from '../../../../src/core/messages/recordLines.ts';
import { serveLines, serveRefusals } from '../../../../src/core/messages/serveLines.ts';

const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name!))].sort();
const all = [emulatorLines, serveLines, serveRefusals, recordLines].flatMap((area) => Object.entries(area));

describe.each(all)('%s', (_key, { en, ko }) => {
  it('says the same in both languages', () => expect(names(ko)).toEqual(names(en)));
  it('is Korean in Korean and has no Hangul in English', () => {
    expect(ko).toMatch(/[가-힣]/);
    expect(en).not.toMatch(/[가-힣]/);
  });
  it('has no bare particle after a name (UX-81)', () => {
    expect(ko).not.toMatch(/\}"?(은|는|이|가|을|를|과|와|으로|로)(?=[\s,.])/);
  });
});

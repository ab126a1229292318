import { describe, expect, it } from 'vitest';
import { nearestName } from '../../../src/cli/nearest.ts';

describe('the name that somebody may have meant', () => {
  const names = ['emulator', 'export', 'import', 'replay', 'replay-stream', 'to'];
  it.each([
    { typed: 'emulatr', name: 'emulator', because: 'a letter was left out' },
    { typed: 'emulattor', name: 'emulator', because: 'a letter is there twice' },
    { typed: 'erplay', name: 'replay', because: 'two letters changed places' },
    { typed: 'inport', name: 'import', because: 'the nearest wins' },
    { typed: 'EXPORT', name: 'export', because: 'capitals are no other letters' },
    { typed: 'replaystream', name: 'replay-stream', because: 'a dash was left out' },
    { typed: 'ot', name: 'to', because: 'a short name may have one change' },
    { typed: 'dance', name: undefined, because: 'nothing is near' },
    { typed: 'x', name: undefined, because: 'one letter tells nothing' },
    { typed: '', name: undefined, because: 'no letter tells nothing' },
  ])('"$typed" is $name: $because', ({ typed, name }) => {
    expect(nearestName(typed, names)).toBe(name);
  });
});

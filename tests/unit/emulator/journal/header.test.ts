import { describe, expect, it, test } from 'vitest';
import {
  type Beginning,
  differenceOf,
  readHeader,
  wantedOf,
  writeHeader,
} from '../../../../src/emulator/journal/header.ts';

const beginning: Beginning = {
  startMs: Date.UTC(2026, 2, 2),
  seed: 7,
  accountId: '000000000000',
  region: 'us-east-1',
  strictQuotas: false,
  scenario: null,
  signing: { certificatePem: 'certificate\n', privateKeyPem: 'key\n' },
};
const line = (): Buffer => {
  const whole = writeHeader(beginning).line;
  return whole.subarray(0, whole.length - 1);
};

describe('the first line', () => {
  it('comes back, with the checksum that entries go on from', () => {
    const { line: whole, chain } = writeHeader(beginning);
    expect(whole.at(-1)).toBe(0x0a);
    expect(whole.indexOf(0x0a)).toBe(whole.length - 1);
    expect(readHeader(line(), true)).toEqual({ kind: 'header', beginning, chain });
  });

  it('[STATE-21] a changed byte is damage, another version or no state file, never another beginning', () => {
    const original = line();
    for (let at = 0; at < original.length; at++) {
      const changed = Buffer.from(original);
      changed[at] = changed[at]! ^ 1;
      expect(readHeader(changed, true).kind, `byte ${at}`).not.toBe('header');
    }
  });

  it('[STATE-21] cut anywhere it is damaged: before it was whole nothing was kept, but this file was not begun here', () => {
    for (let size = 1; size < line().length; size++) {
      expect(readHeader(line().subarray(0, size), false).kind, `${size} bytes`).toBe('damaged');
    }
  });

  test.each([
    { text: 'spillway-emulator-state 2 whatever comes then', read: { kind: 'otherVersion', version: '2' } },
    { text: 'spillway-emulator-state 0 x', read: { kind: 'otherVersion', version: '0' } },
    { text: 'spillway-emulator-state x', read: { kind: 'damaged' } },
    { text: '{"some":"json"}', read: { kind: 'foreign' } },
    { text: 'spillway-emulator', read: { kind: 'foreign' } },
    { text: '', read: { kind: 'foreign' } },
  ])('[STATE-23] $text', ({ text, read }) => {
    expect(readHeader(Buffer.from(text), true)).toEqual(read);
  });
});

describe('[STATE-24] another cloud', () => {
  const scenario = { name: 'crowd', queues: ['a'] };
  const of = (changes: Partial<Parameters<typeof wantedOf>[0]>, withScenario?: { name: string }) =>
    wantedOf({ ...beginning, ...changes }, withScenario);

  test.each([
    { given: of({ seed: 8 }), what: '--seed', stored: '7', now: '8' },
    { given: of({ accountId: '111111111111' }), what: '--account', stored: '000000000000', now: '111111111111' },
    { given: of({ region: 'eu-west-1' }), what: '--region', stored: 'us-east-1', now: 'eu-west-1' },
    { given: of({ strictQuotas: true }), what: '--strict-quotas', stored: 'off', now: 'on' },
    {
      given: of({}, scenario),
      what: '--scenario',
      stored: 'none',
      now: expect.stringMatching(/^crowd \([0-9a-f]{8}\)$/),
    },
  ])('$what', ({ given, what, stored, now }) => {
    expect(differenceOf(of({}), given)).toEqual({ what, stored, given: now });
  });

  it('is told by the content of a scenario, not by its name', () => {
    expect(differenceOf(of({}, scenario), of({}, { ...scenario }))).toBeNull();
    expect(differenceOf(of({}, scenario), of({}, { ...scenario, queues: ['b'] } as { name: string }))?.what).toBe(
      '--scenario',
    );
  });

  it('is not one that would begin at another instant', () => {
    expect(differenceOf(of({}), of({ startMs: 5 }))).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { EntryWriter } from '../../../../src/emulator/journal/entries.ts';
import { EntryReader } from '../../../../src/emulator/journal/entryReader.ts';
import { LineWriter, readLine, splitLines } from '../../../../src/emulator/journal/lines.ts';
import {
  fitsLine,
  type PollRequest,
  type QuietEntry,
  QuietTime,
  quietText,
  readQuiet,
} from '../../../../src/emulator/journal/quiet.ts';

const startMs = Date.UTC(2026, 2, 2);
const head = { method: 'POST', path: '/', origin: 'http://127.0.0.1:4566', headers: {} };
const requests: readonly PollRequest[] = Array.from({ length: 60 }, (_, index) => ({
  head,
  body: Buffer.from(`{"QueueUrl":"/000000000000/q${index}"}`),
}));
const [a, b] = requests as [PollRequest, PollRequest];

describe('the text of a quiet entry', () => {
  const count = fc.integer({ min: 0, max: 36 ** 4 - 1 });
  const drawn = fc
    .tuple(count, count, fc.array(fc.tuple(fc.nat(59), count, count), { maxLength: 36 }))
    .map(([sinceMs, reads, polls]) => ({
      atMs: startMs + sinceMs,
      reads,
      polls: polls.map(([number, times, offsetMs]) => ({ number, times, atMs: startMs + offsetMs })),
    }));

  it('comes back as it was, and its length depends on nothing but how many receives it counts', () => {
    fc.assert(
      fc.property(drawn, ({ atMs, reads, polls }) => {
        const entry: QuietEntry = {
          kind: 'quiet',
          atMs,
          reads,
          polls: polls.map(({ number, times, atMs }) => ({ request: requests[number]!, count: times, atMs })),
        };
        const numbers = polls.map(({ number }) => number);
        expect(fitsLine(entry, startMs)).toBe(true);
        const text = quietText(entry, startMs, numbers);
        expect(text).toHaveLength(8 + 12 * polls.length);
        // Of a receive that was never made the instant says nothing.
        const told = entry.polls.map((one) => (one.count === 0 ? { ...one, atMs: startMs } : one));
        expect(readQuiet(text, startMs, (number) => requests[number])).toEqual({ ...entry, polls: told });
      }),
    );
  });

  test.each([
    { what: 'an instant with fractions', entry: { atMs: startMs + 0.5, reads: 1 } },
    { what: 'an instant before', entry: { atMs: startMs - 1, reads: 1 } },
    { what: 'half an hour', entry: { atMs: startMs + 36 ** 4, reads: 1 } },
    { what: 'too many', entry: { atMs: startMs, reads: 36 ** 4 } },
  ])('cannot say $what', ({ entry }) => {
    expect(fitsLine({ kind: 'quiet', polls: [], ...entry }, startMs)).toBe(false);
  });

  it.each(['', '0000000', '00000000 0000000000', '00000000 00000000001', '0000000A'])('%j says nothing', (text) => {
    expect(readQuiet(text, startMs, () => undefined)).toBeUndefined();
  });
});

describe('[STATE-43] which quiet requests share a line', () => {
  /** What is written of these, as the file would say it in the end. */
  function lines(
    happens: readonly (readonly [number, PollRequest | null | 'other' | 'due'])[],
  ): ('alone' | 'other' | readonly unknown[])[] {
    const quiet = new QuietTime();
    const written: (QuietEntry | 'alone' | 'other')[] = [];
    let dueMs: number | null = null;
    for (const [atMs, what] of happens) {
      if (what === 'due') dueMs = atMs;
      else if (what === 'other') {
        written.push('other');
        quiet.interrupted();
      } else {
        const step = quiet.next(atMs, what, 0);
        if (step.how === 'alone') {
          written.push('alone');
          quiet.alone(dueMs);
        } else if (step.how === 'begins') {
          written.push(step.entry);
          quiet.begun(step.entry, 0, dueMs);
        } else {
          expect(written.at(-1)).toEqual(step.before);
          written[written.length - 1] = step.entry;
          quiet.joined(step.entry);
        }
      }
    }
    const name = (poll: PollRequest): string => 'abc'[requests.indexOf(poll)] ?? '?';
    return written.map((one) =>
      typeof one === 'string'
        ? one
        : [one.atMs, one.reads, ...one.polls.map(({ request, count, atMs }) => `${name(request)} ${count} ${atMs}`)],
    );
  }

  const many = (times: number, what: PollRequest | null, fromMs = 100) =>
    Array.from({ length: times }, (_, index) => [fromMs + index, what] as const);

  it('those after a first one, of any kind', () => {
    expect(
      lines([
        [1, a],
        [2, a],
        [3, null],
        [4, a],
      ]),
    ).toEqual(['alone', [4, 1, 'a 2 4']]);
    expect(lines(many(9, null))).toEqual(['alone', [108, 8]]);
  });

  it('none across anything else that is written', () => {
    expect(
      lines([
        [1, a],
        [2, a],
        [3, 'other'],
        [4, a],
        [5, a],
        [6, a],
      ]),
    ).toEqual(['alone', [2, 0, 'a 1 2'], 'other', 'alone', [6, 0, 'a 2 6']]);
  });

  it('none across an instant at which something was due', () => {
    expect(
      lines([
        [5, 'due'],
        [1, a],
        [2, a],
        [4, a],
        [9, 'due'],
        [5, a],
        [8, a],
      ]),
    ).toEqual(['alone', [4, 0, 'a 2 4'], 'alone', [8, 0, 'a 1 8']]);
  });

  it('a receive gets a place at its second call', () => {
    expect(
      lines([
        [1, a],
        [2, a],
        [3, b],
        [4, a],
        [5, b],
        [6, a],
      ]),
    ).toEqual(['alone', [2, 0, 'a 1 2'], 'alone', [4, 0, 'a 1 4'], [6, 0, 'a 1 6', 'b 1 5']]);
  });

  it('it keeps its place as long as it goes on calling', () => {
    const calls = [a, b, a, b, b, a, b] as const;
    const round = (fromMs: number, of: readonly PollRequest[]) => [
      [fromMs + 10, 'due'] as const,
      ...of.map((poll, index) => [fromMs + index, poll] as const),
    ];
    expect(lines([...round(0, calls), ...round(10, [a, a, b, a]), ...round(20, [a, a, a])])).toEqual([
      'alone',
      'alone',
      [2, 0, 'a 1 2'],
      [6, 0, 'a 1 5', 'b 3 6'],
      'alone',
      'alone',
      [13, 0, 'a 1 13', 'b 1 12'],
      'alone',
      'alone',
      [22, 0, 'a 1 22', 'b 0 22'],
    ]);
    expect(lines([...round(0, calls), ...round(10, [a, a, a]), ...round(20, [a, a, a])]).slice(-2)).toEqual([
      'alone',
      [22, 0, 'a 2 22'],
    ]);
  });

  it('more than a line has room for: the others stand alone, and all take no more than twice what they would alone', () => {
    const calls = Array.from({ length: 600 }, (_, index) => [index, requests[index % 60]!] as const);
    const written = lines(calls);
    const begun = written.filter((one) => one !== 'alone').length;
    expect(written.length - begun).toBeGreaterThan(24 * 9);
    expect(Math.max(...written.map((one) => one.length - 2).filter(Number.isFinite))).toBe(36);
    expect(begun * 456).toBeLessThan(600 * 36);
  });
});

describe('[STATE-26] the line', () => {
  it('never lies across the border of two sectors, and is as long each time it is written', () => {
    const writer = new EntryWriter(new LineWriter(7), startMs);
    let file = Buffer.alloc(0);
    const entry = (atMs: number, polls: number, count: number): QuietEntry => ({
      kind: 'quiet',
      atMs,
      reads: count,
      polls: requests.slice(0, polls).map((request) => ({ request, count, atMs })),
    });
    let expected = 0;
    for (let round = 0; round < 300; round++) {
      const polls = (round * 7) % 37;
      const atMs = startMs + round * 10;
      writer.add({ kind: 'traceless', atMs }, file.length);
      writer.add(entry(atMs + 1, polls, 1), file.length);
      file = Buffer.concat([file, writer.lines]);
      writer.written();
      const lineStart = file.lastIndexOf('\n', file.length - 2) + 1;
      expect(Math.floor(lineStart / 512)).toBe(Math.floor((file.length - 1) / 512));
      writer.addAgain(entry(atMs + 5, polls, round));
      expect(writer.lines).toHaveLength(file.length - lineStart);
      file = Buffer.concat([file.subarray(0, lineStart), writer.lines]);
      writer.written();
      expected += round;
    }
    const reader = new EntryReader(startMs);
    let chain = 7;
    let reads = 0;
    for (const { line, ended } of splitLines([file])) {
      const read = readLine(line, ended, chain);
      if (read.kind !== 'whole') throw new Error(read.kind);
      chain = read.chain;
      const found = reader.read(read.content);
      if (found?.kind === 'quiet') reads += found.reads;
    }
    expect([reads, reader.lastMs]).toEqual([expected, startMs + 2_995]);
    // What keeps it in its sector is little.
    expect(file.toString('latin1').match(/^[0-9a-f]{8} \d+ -/gm)!.length).toBeLessThan(300);
  });
});

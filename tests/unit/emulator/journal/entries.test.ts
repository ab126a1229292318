import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entry, EntryWriter } from '../../../../src/emulator/journal/entries.ts';
import { EntryReader } from '../../../../src/emulator/journal/entryReader.ts';
import type { Head } from '../../../../src/emulator/journal/heads.ts';
import { LineWriter, readLine, splitLines } from '../../../../src/emulator/journal/lines.ts';

const startMs = Date.UTC(2026, 2, 2);
const chain = 99;

function readBack(file: Uint8Array): Entry[] {
  const reader = new EntryReader(startMs);
  const entries: Entry[] = [];
  let last = chain;
  for (const { line, ended } of splitLines([Buffer.from(file)])) {
    const read = readLine(line, ended, last);
    if (read.kind !== 'whole') throw new Error(read.kind);
    last = read.chain;
    const entry = reader.read(read.content);
    if (entry !== null) entries.push(entry);
  }
  return entries;
}

const heads: readonly Head[] = Array.from({ length: 5 }, (_, index) => ({
  method: 'POST',
  path: `/queue/q${index}?größe=\u2028${index}`,
  origin: 'http://127.0.0.1:4566',
  headers: {
    'content-type': 'application/json',
    'x-amz-target': `AmazonSQS.Send${index}`,
    ...(index === 4 ? { 'x-amzn-trace-id': 'Root=1-a' } : {}),
  },
}));

const instant = fc.oneof(
  fc.integer({ min: 0, max: 100_000 }).map((ms) => startMs + ms),
  fc.double({ min: 0, max: 1e6, noNaN: true }).map((ms) => startMs + ms),
);
const body = fc.oneof(
  fc.json().map((text) => Buffer.from(text, 'utf8')),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom('\n', 'a\nb', 'a\r\n', '\0', '', '\ufeff').map((text) => Buffer.from(text, 'utf8')),
  // As a program repeats itself, in characters of up to four bytes.
  fc
    .tuple(
      fc.nat(3),
      fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '😁', '\u0100', '\n'), maxLength: 4 }),
      fc.nat(3),
    )
    .map(([front, between, back]) =>
      Buffer.from(
        `${'{"QueueUrl":"größe'.slice(0, 18 - front)}${between}${'😀","n":1}'.slice(2 * (back % 2))}`,
        'utf8',
      ),
    ),
);
const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({
    kind: fc.constant('request' as const),
    atMs: instant,
    head: fc.constantFrom(...heads),
    body,
    gone: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('traceless' as const), atMs: instant }),
  fc.record({ kind: fc.constant('left' as const), atMs: instant, ordinal: fc.nat() }),
  fc.record({ kind: fc.constant('looked' as const), atMs: instant }),
  fc.record({
    kind: fc.constant('posted' as const),
    atMs: instant,
    number: fc.nat(),
    result: fc.oneof(
      fc.record({ status: fc.integer({ min: 100, max: 599 }) }),
      fc.record({ failure: fc.string({ unit: 'grapheme' }) }),
    ),
  }),
  fc.record({
    kind: fc.constant('functions' as const),
    atMs: instant,
    urls: fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'),
      fc.webUrl(),
      { noNullPrototype: true },
    ),
  }),
  fc.record({ kind: fc.constant('time' as const), atMs: instant }),
  fc.record({
    kind: fc.constant('clock' as const),
    atMs: instant,
    facts: fc.record({ speed: fc.nat(1000), startedWith: fc.nat(1000), hostMs: instant }),
  }),
);

/** Bodies are compared as bytes, whatever class holds them. */
const plain = (entries: readonly Entry[]): unknown[] =>
  entries.map((one) => (one.kind === 'request' ? { ...one, body: Buffer.from(one.body).toString('hex') } : one));

describe('entries', () => {
  it('come back as they were written: any body, any instant to the last bit', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), (entries) => {
        const writer = new EntryWriter(new LineWriter(chain), startMs);
        for (const one of entries) writer.add(one, 0);
        expect(plain(readBack(writer.lines))).toEqual(plain(entries));
      }),
      { numRuns: 500 },
    );
  });

  it('in a file that was left off and gone on with, a write that failed in between forgotten', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.array(entry, { maxLength: 6 }), fc.boolean()), { maxLength: 12 }), (writes) => {
        const writer = new EntryWriter(new LineWriter(chain), startMs);
        let file = Buffer.alloc(0);
        const kept: Entry[] = [];
        for (const [entries, fails] of writes) {
          for (const one of entries) writer.add(one, 0);
          if (fails) writer.forget();
          else {
            file = Buffer.concat([file, writer.lines]);
            writer.written();
            kept.push(...entries);
          }
        }
        expect(plain(readBack(file))).toEqual(plain(kept));
      }),
      { numRuns: 300 },
    );
  });

  it('hold any number of heads', () => {
    const writer = new EntryWriter(new LineWriter(chain), startMs);
    const many = Array.from({ length: 9_000 }, (_, index): Head => ({ ...heads[0]!, path: `/${index}` }));
    const entries: Entry[] = [...many, ...many.toReversed()].map((head) => ({
      kind: 'request',
      atMs: startMs,
      head,
      body: Buffer.alloc(0),
      gone: false,
    }));
    for (const one of entries) writer.add(one, 0);
    expect(readBack(writer.lines).map((one) => (one as { head: Head }).head.path)).toEqual(
      entries.map((one) => (one as { head: Head }).head.path),
    );
  });

  it('a request in the form a client sends it is one line of a few dozen bytes beside its body', () => {
    const writer = new EntryWriter(new LineWriter(chain), startMs);
    const one: Entry = { kind: 'request', atMs: startMs, head: heads[0]!, body: Buffer.from('{"a":1}'), gone: false };
    writer.add(one, 0);
    const first = writer.lines.length;
    writer.add({ ...one, atMs: startMs + 15 }, 0);
    expect(Buffer.from(writer.lines.subarray(first)).toString()).toMatch(/^[0-9a-f]{8} 15 R \+15 0 \{"a":1\}\n$/);
  });

  it('[STATE-44] of a body only what differs from the one before under the same head is written', () => {
    const writer = new EntryWriter(new LineWriter(chain), startMs);
    const lineOf = (text: string, head = 0): string => {
      const before = writer.lines.length;
      writer.add({ kind: 'request', atMs: startMs, head: heads[head]!, body: Buffer.from(text), gone: false }, 0);
      return Buffer.from(writer.lines.subarray(before)).toString().slice(0, -1).split('\n').at(-1)!.slice(9);
    };
    const deletion = (handle: string): string => JSON.stringify({ QueueUrl: '/0/größe', ReceiptHandle: handle });
    expect(lineOf(deletion('AQEB/1'))).toBe('57 R +0 0 {"QueueUrl":"/0/größe","ReceiptHandle":"AQEB/1"}');
    expect(lineOf(deletion('AQEB/27'))).toBe('14 D +0 0 47 2 27');
    expect(lineOf(deletion('AQEB/27'))).toBe('12 D +0 0 51 0 ');
    expect(lineOf(deletion('AQEB/2ö'))).toBe('14 D +0 0 48 2 ö');
    // The two characters begin with the same byte.
    expect(lineOf(deletion('AQEB/2é'))).toBe('14 D +0 0 48 2 é');
    expect(lineOf('{"QueueUrl":"other"}', 1)).toBe('27 R +0 1 {"QueueUrl":"other"}');
    expect(lineOf('{"QueueUrl":"other\n"}', 1)).toMatch(/^35 B /);
    expect(lineOf('{"QueueUrl":"others"}', 1)).toBe('13 D +0 1 18 2 s');
    expect(lineOf(`{"QueueUrl":"${'x'.repeat(9_000)}"}`, 1)).toMatch(/^90\d\d R /);
    expect(lineOf('{"QueueUrl":"others","n":1}', 1)).toBe('18 D +0 1 20 1 ,"n":1');
  });

  it.each(['', 'X +0', 'R +0', 'R +0 7 {}', 'R x 0 {}', 'C +0 {', 'O +0 1 x', 'T', 'H 0 x', 'D +0 0', 'D +0 0 1 1 x'])(
    '%j says nothing',
    (text) => {
      expect(() => new EntryReader(startMs).read(Buffer.from(text))).toThrow();
    },
  );
});

/** [STATE-44] How much the bodies before take: little, whatever is sent, and never so little that a reader misses one. */
import { describe, expect, it } from 'vitest';
import { LastBodies } from '../../../../src/emulator/journal/bodies.ts';
import { EntryWriter, mostBodyBytes } from '../../../../src/emulator/journal/entries.ts';
import { EntryReader } from '../../../../src/emulator/journal/entryReader.ts';
import type { Head } from '../../../../src/emulator/journal/heads.ts';
import { LineWriter, splitLines } from '../../../../src/emulator/journal/lines.ts';

const startMs = Date.UTC(2026, 2, 2);
/** The longest that is remembered, all but. */
const text = 'x'.repeat(8_000);

const head = (path: string, trace?: string): Head => ({
  method: 'POST',
  path,
  origin: 'http://127.0.0.1:4566',
  headers: { 'x-amz-target': 'AmazonSQS.SendMessage', ...(trace === undefined ? {} : { 'x-amzn-trace-id': trace }) },
});

interface Sent {
  readonly head: Head;
  readonly body: string;
}

/** @returns the kinds of lines of requests (R whole, D what differs), and the most that was held at a time */
function write(requests: readonly Sent[]): { readonly kinds: string; readonly mostHeldBytes: number } {
  const writer = new EntryWriter(new LineWriter(1), startMs);
  const reader = new EntryReader(startMs);
  let [kinds, mostHeldBytes] = ['', 0];
  for (const { head, body } of requests) {
    writer.add({ kind: 'request', atMs: startMs, head, body: Buffer.from(body), gone: false }, 0);
    for (const { line } of splitLines([Buffer.from(writer.lines)])) {
      const content = line.subarray(line.indexOf(' ', 9) + 1);
      const entry = reader.read(content);
      if (entry?.kind !== 'request') continue;
      kinds += content.toString('latin1', 0, 1);
      if (Buffer.from(entry.body).toString() !== body) throw new Error('a body came back as another');
    }
    writer.written();
    mostHeldBytes = Math.max(mostHeldBytes, writer.heldBytes);
  }
  return { kinds, mostHeldBytes };
}

describe('a writer', () => {
  it('holds nothing of requests whose trace is their own', () => {
    const traced = Array.from({ length: 5_000 }, (_, n) => ({ head: head('/', `Root=1-${n}`), body: `${text}${n}` }));
    expect(write(traced)).toEqual({ kinds: 'R'.repeat(5_000), mostHeldBytes: 0 });
  });

  it('goes on telling what differs of the others between them', () => {
    const plain = head('/');
    const requests = Array.from({ length: 2_000 }, (_, n) => ({
      head: n % 2 === 0 ? plain : head('/', `Root=1-${n}`),
      body: `${text}${n}`,
    }));
    const { kinds, mostHeldBytes } = write(requests);
    expect(kinds).toBe(`RR${'DR'.repeat(999)}`);
    expect(mostHeldBytes).toBeLessThanOrEqual(8 * 1024);
  });

  it('compares requests of one trace from the third on', () => {
    const one = head('/', 'Root=1-same');
    expect(write(['a', 'b', 'c', 'd'].map((end) => ({ head: one, body: text + end }))).kinds).toBe('RRDD');
  });

  it('holds no more than 8 MB, however many heads there are, and every body comes back', () => {
    const heads = Array.from({ length: 3_000 }, (_, n) => head(`/queue/${n}`));
    // Few at a time come again soon, and all of them come again in the end.
    const requests = [...heads.flatMap((one) => [one, one]), ...heads].map((one, n) => ({
      head: one,
      body: `${text}${n}`,
    }));
    const { kinds, mostHeldBytes } = write(requests);
    expect(mostHeldBytes).toBeLessThanOrEqual(mostBodyBytes);
    expect(mostHeldBytes).toBeGreaterThan(mostBodyBytes - 16 * 1024);
    expect(kinds.slice(0, 6_000)).toBe('RD'.repeat(3_000));
    expect(kinds.slice(6_000)).toContain('R');
  });
});

describe('the last bodies', () => {
  it('are all forgotten when one more would be too much, and then remembered anew', () => {
    const bodies = new LastBodies(1_000);
    const common = (head: number) => bodies.common(head, Buffer.from('{"QueueUrl":"a"}'));
    for (const head of [0, 1, 2]) bodies.remember(head, Buffer.from('{"QueueUrl":"a"}'));
    expect([bodies.heldBytes, common(0)]).toEqual([768, { beginning: 16, end: 0 }]);
    bodies.remember(3, Buffer.from('{"QueueUrl":"b"}'));
    expect([bodies.heldBytes, common(0), common(2)]).toEqual([256, null, null]);
    bodies.remember(0, Buffer.from('{"QueueUrl":"a"}'));
    expect([bodies.heldBytes, common(0)]).toEqual([512, { beginning: 16, end: 0 }]);
  });

  it('take the place of one another in the same memory', () => {
    const bodies = new LastBodies();
    for (const length of [100, 200, 8_000, 8_192, 10]) bodies.remember(0, Buffer.alloc(length, 'x'));
    expect(bodies.heldBytes).toBe(8_192);
    bodies.remember(1, Buffer.alloc(8_193));
    expect(bodies.heldBytes).toBe(8_192);
  });
});

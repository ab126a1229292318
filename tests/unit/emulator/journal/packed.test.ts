import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineWriter, readLine, splitLines } from '../../../../src/emulator/journal/lines.ts';
import { chainOfLast, isPacked, packLines, unpackLines } from '../../../../src/emulator/journal/packed.ts';

const chain = 0x1234abcd;

function linesOf(bodies: readonly Uint8Array[]): { lines: Buffer; lastChain: number } {
  const writer = new LineWriter(chain);
  for (const body of bodies)
    writer.add(
      'R +0 0 ',
      Buffer.from(body).filter((byte) => byte !== 0x0a),
    );
  const lines = Buffer.from(writer.lines);
  let lastChain = chain;
  for (const { line, ended } of splitLines([lines])) {
    const read = readLine(line, ended, lastChain);
    if (read.kind === 'whole') lastChain = read.chain;
  }
  return { lines, lastChain };
}

describe('[STATE-55] packed lines', () => {
  it('come back byte by byte, and are one line in between that goes on from the line before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 3_000, size: 'max' }), { minLength: 1, maxLength: 8 }),
        async (bodies) => {
          const { lines, lastChain } = linesOf(bodies);
          const packed = await packLines(lines, chain);
          const [one, ...others] = [...splitLines([packed])];
          expect([others.length, one!.ended]).toEqual([0, true]);
          const read = readLine(one!.line, true, chain);
          if (read.kind !== 'whole') throw new Error(read.kind);
          expect(isPacked(read.content)).toBe(true);
          expect(unpackLines(read.content).equals(lines)).toBe(true);
          expect(chainOfLast(lines)).toBe(lastChain);
          expect(readLine(one!.line, true, chain + 1).kind).toBe('damaged');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are a quarter of what they were, as programs repeat themselves', async () => {
    const { lines } = linesOf(
      Array.from({ length: 2_000 }, (_, index) =>
        Buffer.from(`{"QueueUrl":"/0/q","MessageBody":"order ${index * 7_919}"}`),
      ),
    );
    expect((await packLines(lines, chain)).length).toBeLessThan(lines.length / 4);
  });

  it.each(['Z ', 'Z x', 'Z \u000bx'])('%j says nothing', (text) => {
    expect(() => unpackLines(Buffer.from(text, 'latin1'))).toThrow();
  });
});

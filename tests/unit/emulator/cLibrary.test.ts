/** The room that glibc keeps after a great many small pieces, with one in use at its end, is given back. */
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { trimCLibrary } from '../../../src/emulator/cLibrary.ts';

const pieces = 16_000;
const pieceBytes = 8_000;

const hasGlibc =
  process.platform === 'linux' &&
  (process.report.getReport() as { header: { glibcVersionRuntime?: string } }).header.glibcVersionRuntime !== undefined;

const residentBytes = (): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]!) * 1_024;

function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  setFlagsFromString('--no-expose-gc');
}

test.skipIf(!hasGlibc)(
  '[SQS-22] free room between things in use goes back to the machine (only glibc keeps it: skipped elsewhere)',
  async () => {
    const room: Buffer[] = [];
    for (let n = 0; n < pieces; n++) room.push(Buffer.allocUnsafeSlow(pieceBytes).fill(1));
    // Every 200th stays, the last with it, so that the room does not end with a free piece.
    const inUse = room.filter((_piece, n) => n % 200 === 199);
    room.length = 0;
    collect();
    await new Promise((resolve) => setImmediate(resolve));
    const before = residentBytes();
    await trimCLibrary();
    expect(before - residentBytes()).toBeGreaterThan(pieces * pieceBytes * 0.5);
    expect(inUse.every((piece) => piece[pieceBytes - 1] === 1)).toBe(true);
  },
);

test('[SQS-22] asking twice, or where there is nothing to give, does no harm', async () => {
  await expect(trimCLibrary()).resolves.toBeUndefined();
  await expect(trimCLibrary()).resolves.toBeUndefined();
});

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { LineWriter, type ReadLine, readLine, splitLines } from '../../../../src/emulator/journal/lines.ts';

const chain = 0x1234abcd;

/** Contents of a file's lines, as they are read one after another; the first that is not whole ends it. */
function readAll(file: Buffer, pieceBytes = 7): (string | 'torn' | 'damaged')[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < file.length; at += pieceBytes) pieces.push(file.subarray(at, at + pieceBytes));
  const found: string[] = [];
  let last = chain;
  for (const { line, ended } of splitLines(pieces)) {
    const read: ReadLine = readLine(line, ended, last);
    found.push(read.kind === 'whole' ? read.content.toString('latin1') : read.kind);
    if (read.kind !== 'whole') break;
    last = read.chain;
  }
  return found;
}

function written(contents: readonly string[]): Buffer {
  const lines = new LineWriter(chain);
  for (const content of contents) lines.add(content);
  return Buffer.from(lines.lines);
}

const contents = fc.array(
  fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => (code === 10 ? '-' : String.fromCharCode(code))) }),
  { minLength: 1, maxLength: 6 },
);

describe('lines', () => {
  it('come back as they were written, in whatever pieces the file is read', () => {
    fc.assert(
      fc.property(contents, fc.integer({ min: 1, max: 40 }), (texts, pieceBytes) => {
        expect(readAll(written(texts), pieceBytes)).toEqual(texts);
      }),
    );
  });

  it('[STATE-20] cut at any byte: what was whole is there, and at most one line is torn', () => {
    const texts = ['R +0 1 {"a":1}', '', 'T +5', `R +0 1 ${'x'.repeat(100)}`];
    const file = written(texts);
    const ends = texts.map((_, index) => written(texts.slice(0, index + 1)).length);
    for (let size = 0; size <= file.length; size++) {
      const cut = file.subarray(0, size);
      // A line that lacks nothing but its end is whole.
      const whole = texts.filter((_, index) => ends[index]! - 1 <= size);
      const begun = whole.length < texts.length && size > (whole.length === 0 ? 0 : ends[whole.length - 1]!);
      expect(readAll(cut), `cut at ${size}`).toEqual(begun ? [...whole, 'torn'] : whole);
    }
  });

  it('[STATE-21] any changed byte is noticed, and taken for a torn line only where nothing is lost', () => {
    const texts = ['R +0 1 {"a":1}', 'T +5', 'R +17 1 {"b":22}'];
    const file = written(texts);
    for (let at = 0; at < file.length; at++) {
      for (const value of [0x00, 0x0a, 0x20, 0x30, file[at]! ^ 1, file[at]! ^ 0x80]) {
        if (file[at] === value) continue;
        const changed = Buffer.from(file);
        changed[at] = value;
        // The last line feed alone says nothing that the length before it does not say.
        const harmless = at === file.length - 1 && value === 0;
        expect(readAll(changed).at(-1), `byte ${at} made ${value}`).toBe(harmless ? texts.at(-1) : 'damaged');
      }
    }
  });

  test.each([
    { what: 'left out', order: [0, 2, 3] },
    { what: 'twice', order: [0, 1, 1, 2, 3] },
    { what: 'in another order', order: [0, 2, 1, 3] },
  ])('[STATE-21] a line $what is noticed', ({ order }) => {
    const texts = ['one', 'two', 'three', 'four'];
    const lines = written(texts).toString('latin1').split('\n');
    const file = Buffer.from(order.map((index) => `${lines[index]}\n`).join(''), 'latin1');
    expect(readAll(file).at(-1)).toBe('damaged');
  });

  test.each([0, 1, 5, 9, 15])(
    '[STATE-22] zeros behind %i bytes of a line are no damage: a power cut leaves them',
    (bytes) => {
      const file = written(['first', 'second']);
      const start = written(['first']).length;
      const zeroed = Buffer.concat([file.subarray(0, start + bytes), Buffer.alloc(64)]);
      expect(readAll(zeroed)).toEqual(['first', 'torn']);
    },
  );

  it('what was forgotten leaves no trace, and what was written goes on', () => {
    const lines = new LineWriter(chain);
    lines.add('one');
    const first = Buffer.from(lines.lines);
    lines.written();
    lines.add('lost');
    lines.add('lost, too');
    lines.forget();
    expect(lines.lines).toHaveLength(0);
    lines.add('two', Buffer.alloc(200_000, 'y'));
    expect(readAll(Buffer.concat([first, lines.lines]), 4096)).toEqual(['one', `two${'y'.repeat(200_000)}`]);
  });
});

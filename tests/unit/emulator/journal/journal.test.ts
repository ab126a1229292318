/** What the writer does when the disk does not do its part. */
import { describe, expect, it } from 'vitest';
import { EntryReader } from '../../../../src/emulator/journal/entryReader.ts';
import { Journal } from '../../../../src/emulator/journal/journal.ts';
import { readLine, splitLines } from '../../../../src/emulator/journal/lines.ts';
import type { StateFile } from '../../../../src/emulator/journal/stateFile.ts';
import type { WireRequest } from '../../../../src/emulator/wire/message.ts';
import { testCloud } from '../wire/exchange.ts';

const startMs = 1_000;

function journalOnFullDisk() {
  let file = Buffer.alloc(0);
  let full = false;
  let writes = 0;
  const disk = {
    get size() {
      return file.length;
    },
    rewriteEnd(bytes: Uint8Array) {
      file = file.subarray(0, file.length - bytes.length);
      if (full) throw new Error('no space left');
      file = Buffer.concat([file, bytes]);
    },
    append(bytes: Uint8Array) {
      if (full) throw new Error('no space left');
      file = Buffer.concat([file, bytes]);
      writes++;
    },
  };
  const journal = new Journal(
    disk as unknown as StateFile,
    { chain: 5, plainFrom: { byte: 0, chain: 5 }, lastMs: startMs, requests: 0 },
    testCloud(),
  );
  return {
    journal,
    fill: (isFull: boolean) => {
      full = isFull;
    },
    writes: () => writes,
    kinds(): string[] {
      const reader = new EntryReader(startMs);
      let chain = 5;
      return [...splitLines([file])].flatMap(({ line, ended }) => {
        const read = readLine(line, ended, chain);
        if (read.kind !== 'whole') throw new Error(read.kind);
        chain = read.chain;
        const entry = reader.read(read.content);
        if (entry === null) return [];
        const counted = entry.kind === 'quiet' ? ` ${entry.reads}` : '';
        return [`${entry.kind} ${entry.atMs - startMs}${counted}`];
      });
    },
  };
}

const send = (changes: Partial<WireRequest> = {}): WireRequest => ({
  method: 'POST',
  path: '/',
  headers: { 'x-amz-target': 'AmazonSQS.SendMessage' },
  body: Buffer.from('{}'),
  origin: 'http://127.0.0.1:4566',
  signal: { aborted: false, onAbort: () => {} },
  ...changes,
});

describe('[STATE-31] a disk that is full', () => {
  it('refuses requests, remembers that ids were drawn for them, and goes on when there is room', () => {
    const { journal, fill, kinds } = journalOnFullDisk();
    expect(journal.request(startMs, send(), null)).toBe(1);
    fill(true);
    expect(() => journal.request(startMs + 1, send({ path: '/other' }), null)).toThrow('no space left');
    expect(() => journal.refused(startMs + 2)).toThrow('no space left');
    fill(false);
    expect(journal.request(startMs + 3, send({ path: '/other' }), null)).toBe(2);
    expect(kinds()).toEqual(['request 0', 'traceless 1', 'traceless 2', 'request 3']);
  });

  it('forgets nothing that has happened already: who left, what an endpoint answered', () => {
    const { journal, fill, kinds } = journalOnFullDisk();
    const ordinal = journal.request(startMs, send(), null);
    fill(true);
    journal.left(startMs + 1, ordinal);
    journal.posted(startMs + 2, 1, { status: 200 });
    expect(() => journal.reached(startMs + 3)).toThrow('no space left');
    expect(() => journal.clock(startMs + 3, { speed: 1, startedWith: 1, hostMs: 0 })).toThrow('no space left');
    fill(false);
    journal.reached(startMs + 4);
    expect(kinds()).toEqual(['request 0', 'left 1', 'posted 2', 'time 4']);
  });

  it('lets no reply tell an instant that is not kept', () => {
    const { journal, fill } = journalOnFullDisk();
    fill(true);
    expect(() => journal.reached(startMs + 1)).toThrow();
    expect(() => journal.reached(startMs)).not.toThrow();
  });
});

describe('[STATE-33] written together', () => {
  it('requests are in the file before anybody is told, in one go', () => {
    const { journal, kinds, writes } = journalOnFullDisk();
    journal.writeTogether();
    for (const ms of [0, 1, 2]) journal.request(startMs + ms, send(), null);
    journal.reached(startMs + 5);
    expect(kinds()).toEqual([]);
    journal.flush();
    journal.flush();
    expect([kinds(), writes()]).toEqual([['request 0', 'request 1', 'request 2', 'time 5'], 1]);
  });

  it('whatever cannot wait takes them along', () => {
    const { journal, kinds } = journalOnFullDisk();
    journal.writeTogether();
    const ordinal = journal.request(startMs, send(), null);
    journal.left(startMs + 1, ordinal);
    expect(kinds()).toEqual(['request 0', 'left 1']);
    journal.request(startMs + 2, send(), null);
    journal.looked(startMs + 3);
    expect(kinds()).toEqual(['request 0', 'left 1', 'request 2', 'looked 3']);
  });

  it('[STATE-31] on a full disk those that have run are kept for later, and no other runs', () => {
    const { journal, fill, kinds } = journalOnFullDisk();
    journal.writeTogether();
    journal.request(startMs, send(), null);
    journal.flush();
    fill(true);
    for (const ms of [1, 2]) journal.request(startMs + ms, send({ path: '/other' }), null);
    expect(() => journal.flush()).toThrow('no space left');
    expect(() => journal.request(startMs + 3, send(), null)).toThrow('no space left');
    expect(() => journal.refused(startMs + 4)).toThrow('no space left');
    expect(() => journal.clock(startMs + 4, { speed: 1, startedWith: 1, hostMs: 0 })).toThrow('no space left');
    // Whoever is told something then is told what is in the file, or that it is not.
    expect(() => journal.flush()).toThrow('no space left');
    fill(false);
    expect(journal.request(startMs + 5, send(), null)).toBe(4);
    journal.flush();
    expect(kinds()).toEqual(['request 0', 'request 1', 'request 2', 'traceless 3', 'traceless 4', 'request 5']);
  });
});

describe('the journal', () => {
  const read = (region: string): WireRequest =>
    send({
      headers: {
        'x-amz-target': 'AmazonSQS.ListQueues',
        authorization: `Credential=A/20260302/${region}/sqs/aws4_request`,
      },
    });

  it('[STATE-42] writes a read that changes nothing as such, but for the first of a Region, which builds it', () => {
    const { journal, kinds } = journalOnFullDisk();
    journal.request(startMs, read('us-east-1'), null);
    journal.request(startMs + 1, read('us-east-1'), null);
    journal.request(startMs + 2, read('eu-west-1'), null);
    journal.request(startMs + 3, read('eu-west-1'), null);
    expect(kinds()).toEqual(['request 0', 'traceless 1', 'request 2', 'traceless 3']);
  });

  it('[STATE-43] counts reads that follow one another in one line', () => {
    const { journal, kinds } = journalOnFullDisk();
    for (let ms = 0; ms < 9; ms++) journal.request(startMs + ms, read('us-east-1'), null);
    journal.looked(startMs + 9);
    for (let ms = 10; ms < 14; ms++) journal.request(startMs + ms, read('us-east-1'), null);
    expect(kinds()).toEqual(['request 0', 'traceless 1', 'quiet 8 7', 'looked 9', 'traceless 10', 'quiet 13 3']);
  });

  it('[STATE-31] writes a line whose rewriting failed once more, and the request that was refused after it', () => {
    const { journal, fill, kinds } = journalOnFullDisk();
    for (let ms = 0; ms < 4; ms++) journal.request(startMs + ms, read('us-east-1'), null);
    fill(true);
    for (const ms of [4, 5]) {
      expect(() => journal.request(startMs + ms, read('us-east-1'), null)).toThrow('no space left');
    }
    expect(kinds()).toEqual(['request 0', 'traceless 1']);
    fill(false);
    for (let ms = 6; ms < 9; ms++) journal.request(startMs + ms, read('us-east-1'), null);
    expect(kinds()).toEqual([
      'request 0',
      'traceless 1',
      'quiet 3 2',
      'traceless 4',
      'traceless 5',
      'traceless 6',
      'quiet 8 2',
    ]);
  });

  it('writes an instant once', () => {
    const { journal, kinds } = journalOnFullDisk();
    journal.reached(startMs);
    journal.reached(startMs + 5);
    journal.reached(startMs + 5);
    expect(kinds()).toEqual(['time 5']);
  });

  it('writes nothing once it has ended', () => {
    const { journal, kinds } = journalOnFullDisk();
    journal.end();
    journal.request(startMs, send(), null);
    journal.left(startMs, 1);
    expect(kinds()).toEqual([]);
  });
});

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
    kinds(): string[] {
      const reader = new EntryReader(startMs);
      let chain = 5;
      return [...splitLines([file])].flatMap(({ line, ended }) => {
        const read = readLine(line, ended, chain);
        if (read.kind !== 'whole') throw new Error(read.kind);
        chain = read.chain;
        const entry = reader.read(read.content);
        return entry === null ? [] : [`${entry.kind} ${entry.atMs - startMs}`];
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

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { type Wanted, writeHeader } from '../../../../src/emulator/journal/header.ts';
import { openState } from '../../../../src/emulator/journal/open.ts';
import { StateFile } from '../../../../src/emulator/journal/stateFile.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-state-'));
  file = path.join(folder, 'state');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const code = (run: () => unknown): unknown => {
  try {
    run();
  } catch (thrown) {
    return (thrown as { code?: unknown }).code;
  }
  return 'nothing thrown';
};
/** A process that has ended and is buried, so nobody has its number for a while. */
const endedPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('a state file', () => {
  it('is appended to, read from the start, cut and replaced', () => {
    const state = new StateFile(file);
    state.append(utf8('one\n'));
    state.append(utf8('two\n'));
    expect(Buffer.concat([...state.pieces()]).toString()).toBe('one\ntwo\n');
    state.cut(4);
    state.append(utf8('three\n'));
    expect(readFileSync(file, 'utf8')).toBe('one\nthree\n');
    state.replace(utf8('new\n'));
    state.append(utf8('and on\n'));
    expect([state.size, readFileSync(file, 'utf8')]).toEqual([11, 'new\nand on\n']);
    state.close();
    expect(readdirSync(folder)).toEqual(['state']);
  });

  it('[STATE-40] is for its owner alone', () => {
    const state = new StateFile(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    state.replace(utf8('new\n'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    state.close();
  });

  test.each([
    { what: 'in a folder that is not there', at: () => path.join(folder, 'nowhere', 'state') },
    { what: 'that is a folder', at: () => folder },
  ])('FILE_UNWRITABLE $what', ({ at }) => {
    expect(code(() => new StateFile(at()))).toBe('FILE_UNWRITABLE');
    expect(existsSync(`${folder}.lock`)).toBe(false);
  });
});

describe('[STATE-25] a state file in use', () => {
  it('is refused to a second one, by whatever name, and free again once the first is closed', () => {
    const link = path.join(folder, 'link');
    writeFileSync(file, '');
    symlinkSync(file, link);
    const state = new StateFile(file);
    expect(code(() => new StateFile(file))).toBe('STATE_IN_USE');
    expect(code(() => new StateFile(link))).toBe('STATE_IN_USE');
    state.close();
    new StateFile(link).close();
  });

  it('is refused while another process has it, which is named', () => {
    // The parent of this process is alive for sure.
    writeFileSync(`${file}.lock`, JSON.stringify({ pid: process.ppid, born: null }));
    expect(() => new StateFile(file)).toThrow(new RegExp(`"pid":${process.ppid}`));
    expect(existsSync(file)).toBe(false);
  });

  test.each([
    { what: 'of a process that is gone', lock: () => ({ pid: endedPid(), born: null }) },
    { what: 'of our own number from before', lock: () => ({ pid: process.pid, born: 'long ago' }) },
  ])('is taken over with a lock $what', ({ lock }) => {
    writeFileSync(`${file}.lock`, JSON.stringify(lock()));
    const state = new StateFile(file);
    expect(JSON.parse(readFileSync(`${file}.lock`, 'utf8')).pid).toBe(process.pid);
    state.close();
    expect(readdirSync(folder)).toEqual(['state']);
  });

  it.runIf(process.platform === 'linux')('is taken over from a process whose number somebody else has now', () => {
    writeFileSync(`${file}.lock`, JSON.stringify({ pid: process.ppid, born: 'another boot/1' }));
    new StateFile(file).close();
  });

  it('with a lock that says nothing is refused: somebody may be writing it', () => {
    writeFileSync(`${file}.lock`, '');
    expect(code(() => new StateFile(file))).toBe('STATE_IN_USE');
    expect(readFileSync(`${file}.lock`, 'utf8')).toBe('');
  });
});

describe('opening', () => {
  const wanted: Wanted = {
    startMs: 5,
    seed: 1,
    accountId: '000000000000',
    region: 'us-east-1',
    strictQuotas: false,
    scenario: null,
  };
  const signing = { certificatePem: 'certificate', privateKeyPem: 'key' };
  const open = (given: Wanted = wanted) => openState(file, given, () => signing);

  it('begins a file where there is none, or an empty one', () => {
    for (const before of [null, '']) {
      if (before !== null) writeFileSync(file, before);
      const state = open();
      expect(state.beginning).toEqual({ ...wanted, signing });
      expect(readFileSync(file)).toEqual(writeHeader(state.beginning).line);
      state.file.close();
      rmSync(file);
    }
  });

  it('goes on with the instant and the key of an older one', () => {
    open().file.close();
    const state = openState(file, { ...wanted, startMs: 99 }, () => {
      throw new Error('there is a key');
    });
    expect(state.beginning).toEqual({ ...wanted, signing });
    state.file.close();
  });

  const header = writeHeader({ ...wanted, signing }).line.toString('utf8');
  test.each([
    { what: 'of another kind', text: 'name,value\n1,2\n', says: 'STATE_FOREIGN' },
    { what: 'of another version', text: header.replace('state 1 ', 'state 17 '), says: 'STATE_VERSION' },
    { what: 'with a damaged first line', text: header.replace('"seed":1', '"seed":2'), says: 'STATE_DAMAGED' },
    { what: 'that ends within its first line', text: header.slice(0, 60), says: 'STATE_DAMAGED' },
    { what: 'of another seed', text: header, given: { ...wanted, seed: 2 }, says: 'STATE_DIFFERS' },
  ])('[STATE-23] $says for a file $what, which stays as it is', ({ text, given, says }) => {
    writeFileSync(file, text);
    expect(code(() => open(given))).toBe(says);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(readdirSync(folder)).toEqual(['state']);
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SpillwayError } from '../../../src/core/errors.ts';
import { atomicWrite } from '../../../src/main/atomicWrite.ts';
import { createSaveFile, plainFileName } from '../../../src/main/saveFile.ts';
import { fakeElectron } from './fakeElectron.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-save-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('plainFileName', () => {
  it.each([
    ['spillway_incident_orders.md', 'spillway_incident_orders.md'],
    ['주문 큐.html', '주문 큐.html'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\x.md', 'x.md'],
    ['/absolute.md', 'absolute.md'],
    ['a\u0000b\nc.md', 'abc.md'],
    ['q:"|?*<>.md', 'q.md'],
    ['.bashrc', 'bashrc'],
    ['..', 'spillway-export.txt'],
    ['', 'spillway-export.txt'],
  ])('[SEC-13] %j becomes %j', (proposed, name) => {
    expect(plainFileName(proposed)).toBe(name);
  });
});

describe('createSaveFile', () => {
  const make = () => {
    const { parts, saveAnswers, saveQuestions } = fakeElectron();
    const remembered: string[] = [];
    const save = createSaveFile({
      dialog: parts.dialog,
      window: () => null,
      defaultFolder: () => '/home/me/documents',
      lastFolder: () => remembered.at(-1) ?? null,
      rememberFolder: (last) => void remembered.push(last),
      write: atomicWrite,
    });
    return { save, saveAnswers, saveQuestions, remembered };
  };
  const file = { fileName: 'incident.md', mediaType: 'text/markdown', text: '# 사고\n' };

  it('[EL-40] proposes documents first, then the folder of the last save', async () => {
    const { save, saveAnswers, saveQuestions } = make();
    saveAnswers.push({ canceled: false, filePath: path.join(folder, 'a.md') });
    expect(await save(file)).toEqual({ saved: true, fileName: 'a.md' });
    await save(file);
    expect(saveQuestions.map(({ defaultPath }) => defaultPath)).toEqual([
      '/home/me/documents/incident.md',
      path.join(folder, 'incident.md'),
    ]);
    expect(readFileSync(path.join(folder, 'a.md'), 'utf8')).toBe('# 사고\n');
  });

  it('[SEC-13] writes nothing when the dialog is cancelled, and the page learns the name only', async () => {
    const { save, remembered } = make();
    expect(await save(file)).toEqual({ saved: false, fileName: null });
    expect(remembered).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says why a file cannot be written and leaves the older one', async () => {
    const { save, saveAnswers } = make();
    const older = path.join(folder, 'plain');
    writeFileSync(older, 'older');
    saveAnswers.push({ canceled: false, filePath: path.join(older, 'below-a-file.md') });
    const thrown = await save(file).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(SpillwayError);
    expect((thrown as SpillwayError).code).toBe('FILE_UNWRITABLE');
    expect(readFileSync(older, 'utf8')).toBe('older');
  });
});

describe('atomicWrite', () => {
  it('replaces the file and leaves nothing beside it', () => {
    const target = path.join(folder, 'new', 'x.md');
    atomicWrite(target, 'one');
    atomicWrite(target, 'two');
    expect(readFileSync(target, 'utf8')).toBe('two');
    expect(readdirSync(path.dirname(target))).toEqual(['x.md']);
  });

  it('leaves nothing beside it when it fails', () => {
    expect(() => atomicWrite(folder, 'a folder has this name')).toThrow();
    expect(readdirSync(path.dirname(folder)).filter((name) => name.startsWith(`${path.basename(folder)}.`))).toEqual(
      [],
    );
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { portOfNobody, refusalOf, runUntil } from './running.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-record-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('a running record speaks the language of its user', () => {
  it.each([
    ['en', 'Recording "shop" every 30 s. Stop with Ctrl+C.', /^Cannot reach http:\S+/],
    ['ko', '30초마다 "shop" 연결을 기록합니다. 멈추려면 Ctrl+C를 누르세요.', /^http:\S+에 연결할 수 없습니다/],
  ] as const)('%s: what it records, and what is wrong with the connection', async (language, recording, trouble) => {
    const endpoint = `http://127.0.0.1:${await portOfNobody()}`;
    const db = path.join(folder, 'a.sqlite');
    const words = ['record', '--db', db, '--name', 'shop', '--interval', '30', '--endpoint', endpoint];
    const { printed, complaints, stop } = await runUntil(language, words, trouble);
    expect(await stop()).toBe(0);
    expect(printed).toEqual([recording]);
    expect(complaints).toEqual([expect.stringMatching(trouble)]);
  });
});

describe('a record that cannot start says why', () => {
  it('its database has no folder', async () => {
    const db = path.join(folder, 'folder-missing', 'a.sqlite');
    expect(await refusalOf('ko', ['record', '--db', db])).toMatch(
      /a\.sqlite\S 열 수 없습니다: .*쓸 수 있는지 확인하세요\.$/,
    );
  });

  it.runIf(process.platform === 'linux')('the folder of the default database cannot be made', async () => {
    const file = path.join(folder, 'a file');
    writeFileSync(file, '');
    vi.stubEnv('XDG_CONFIG_HOME', file);
    expect(await refusalOf('ko', ['record'])).toMatch(
      /a file\/Spillway\/spillway\.sqlite\S 열 수 없습니다: ENOTDIR.* 폴더가 있고 쓸 수 있는지 확인하세요\.$/,
    );
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as paths from '../../../src/cli/host/paths.ts';
import { createCertificate } from '../../../src/emulator/certificate/index.ts';
import { portOfNobody, refusalOf, runUntil } from './running.ts';

// Pages of the test's own: the built ones may not be there.
const { pages } = vi.hoisted(() => ({ pages: { folder: '' } }));
vi.mock('../../../src/cli/host/paths.ts', async (original) => ({
  ...(await original<typeof paths>()),
  get rendererDir() {
    return pages.folder;
  },
}));

let folder: string;
let db: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-serve-'));
  db = path.join(folder, 'a.sqlite');
  pages.folder = path.join(folder, 'pages');
  mkdirSync(pages.folder);
  writeFileSync(path.join(pages.folder, 'index.html'), '<!doctype html>');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const link = /https?:\/\/\S+\/login\?code=\S+/;

function certificateWords(): string[] {
  const { certificatePem, privateKeyPem } = createCertificate({
    commonName: 'localhost',
    altNames: ['127.0.0.1'],
    notBefore: Date.now() - 86_400_000,
    days: 2,
    keyType: 'ec-p256',
  });
  const [cert, key] = [path.join(folder, 'c.pem'), path.join(folder, 'k.pem')];
  writeFileSync(cert, certificatePem);
  writeFileSync(key, privateKeyPem);
  return ['--tls-cert', cert, '--tls-key', key];
}

describe('a running serve speaks the language of its user', () => {
  it.each([
    [
      'en',
      'Spillway is served at ',
      'Open this link (it works once, for five minutes; Enter prints another): ',
      'Warning: listening on 127.0.0.1. Everybody who reaches it can try to log in.',
    ],
    [
      'ko',
      'Spillway 실행 중: ',
      '다음 링크를 여세요(5분 안에 한 번만 쓸 수 있으며, Enter를 누르면 새 링크를 출력합니다): ',
      '경고: 127.0.0.1에서 연결을 받고 있습니다. 이 주소에 접속할 수 있는 사람은 누구나 로그인을 시도할 수 있습니다.',
    ],
  ] as const)('%s', async (language, servedAt, openThis, warning) => {
    const plain = await runUntil(language, ['serve', '--db', db], link);
    expect(plain.complaints).toEqual([]);
    expect(plain.printed).toEqual([
      expect.stringMatching(new RegExp(`^${servedAt}http://127\\.0\\.0\\.1:\\d+$`)),
      expect.stringContaining(openThis),
    ]);
    expect(plain.printed[1]!.replace(openThis, '')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/login\?code=[\w-]{43}$/);
    expect(await plain.stop()).toBe(0);

    const open = await runUntil(language, ['serve', '--db', db, '--address', '127.0.0.1', ...certificateWords()], link);
    expect(open.complaints).toEqual([warning]);
    expect(await open.stop()).toBe(0);
  });
});

describe('a serve that cannot start says why in the language of its user', () => {
  it('its port is taken', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as AddressInfo;
    try {
      expect(await refusalOf('ko', ['serve', '--db', db, '--port', String(port)])).toContain(
        `${port} 포트를 다른 프로그램이 쓰고 있습니다.`,
      );
    } finally {
      blocker.close();
    }
  });

  it('an open address without TLS, pages that are not there', async () => {
    expect(await refusalOf('ko', ['serve', '--db', db, '--address', '0.0.0.0'])).toMatch(
      /^여기서는 .*SSH 터널을 쓰세요\.$/,
    );
    rmSync(pages.folder, { recursive: true });
    expect(await refusalOf('ko', ['serve', '--db', db])).toMatch(/: 화면이 아직 빌드되지 않았습니다\. /);
  });

  it('its token file cannot be written; nothing listens any more', async () => {
    const port = await portOfNobody();
    mkdirSync(`${db}.serve.json`);
    expect(await refusalOf('ko', ['serve', '--db', db, '--port', String(port)])).toMatch(
      /a\.sqlite\.serve\.json\S 열 수 없습니다: .*폴더가 있고 쓸 수 있는지 확인하세요\.$/,
    );
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  it('its database is in use', async () => {
    const { stop } = await runUntil('en', ['serve', '--db', db], link);
    expect(await refusalOf('ko', ['serve', '--db', db])).toMatch(/다른 Spillway가 쓰고 있습니다\. /);
    await stop();
  });
});

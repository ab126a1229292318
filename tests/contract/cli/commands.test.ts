import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spillway, startSpillway } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function given(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('words', () => {
  it('lists the commands', async () => {
    const { status, out } = await spillway(['--help']);
    expect(status).toBe(0);
    for (const name of ['demo', 'emulator', 'serve', 'link', 'record', 'replay', 'export'])
      expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  it.each([
    { words: ['dance'], says: 'There is no command "dance"' },
    { words: ['demo'], says: '--out is missing' },
    { words: ['emulator', '--clock', 'fast'], says: '--clock is "fast", expected real, stepped' },
    { words: ['emulator', '--port', '70000'], says: '--port is "70000", expected a whole number from 0 to 65535' },
    { words: ['serve', '--colour'], says: "Unknown option '--colour'" },
    { words: ['export', '--from', 'yesterday', '--to', 'now'], says: 'expected ISO 8601 with an offset' },
  ])('status 2 and help for $words', async ({ words, says }) => {
    const { status, err } = await spillway(words);
    expect(status).toBe(2);
    expect(err).toContain(says);
  });
});

describe('emulator', () => {
  it('names every fault of a scenario with file, line, field and what was expected', async () => {
    const file = given(
      'wrong.yaml',
      'name: wrong\nseed: many\nstart: "2026-03-02T00:00:00Z"\ndurationHours: 1\nqueues: []\nqeues: []\n',
    );
    const { status, err } = await spillway(['emulator', '--port', '0', '--scenario', file]);
    expect(status).toBe(1);
    expect(err).toMatch(/wrong\.yaml, line 2: seed is .*many.*, expected/);
    expect(err).toMatch(/line 6: .*qeues/);
  });

  it('says the same in Korean', async () => {
    const file = given('wrong.yaml', 'name: wrong\nseed: many\nstart: "2026-03-02T00:00:00Z"\ndurationHours: 1\n');
    const { err } = await spillway(['emulator', '--port', '0', '--scenario', file], { SPILLWAY_LANG: 'ko' });
    expect(err).toMatch(/2행: seed 값이/);
  });

  it('says when its port is taken', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as { port: number };
    const { status, err } = await spillway(['emulator', '--port', String(port)]);
    blocker.close();
    expect(status).toBe(1);
    expect(err).toContain(`Port ${port} on 127.0.0.1 is taken`);
  });

  it('prints an endpoint that answers, and ends when told to', async () => {
    const { line, stop } = await startSpillway(
      ['emulator', '--port', '0', '--clock', 'stepped'],
      /ready at (http:\/\/127\.0\.0\.1:\d+)/,
    );
    const health = await fetch(`${line[1]}/_spillway/health`);
    expect(health.status).toBe(200);
    expect(await stop()).toBe(0);
  });
});

describe('serve', () => {
  it('keeps its token file to the user, and prints another link on request', async () => {
    const db = path.join(folder, 'spillway.sqlite');
    const { line, stop } = await startSpillway(
      ['serve', '--db', db],
      /(http:\/\/127\.0\.0\.1:\d+)\/login\?code=([\w-]{43})/,
    );
    expect(statSync(`${db}.serve.json`).mode & 0o777).toBe(0o600);
    const { status, out } = await spillway(['link', '--db', db]);
    expect(status).toBe(0);
    const link = new URL(out.trim());
    expect(link.origin).toBe(line[1]);
    expect(link.searchParams.get('code')).not.toBe(line[2]);
    const answer = await fetch(link, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(await stop()).toBe(0);
    expect(statSync(`${db}.serve.json`, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('link says when nothing is running', async () => {
    const { status, err } = await spillway(['link', '--db', path.join(folder, 'none.sqlite')]);
    expect(status).toBe(1);
    expect(err).toContain('no `spillway serve` is running');
  });

  it('refuses a database another Spillway uses', async () => {
    const db = path.join(folder, 'spillway.sqlite');
    const { stop } = await startSpillway(['serve', '--db', db], /login\?code=/);
    const { status, err } = await spillway(['serve', '--db', db]);
    expect(status).toBe(1);
    expect(err).toContain('in use by another Spillway');
    await stop();
  });
});

describe('files a person wrote', () => {
  it('refuses a setup with a fault, naming the field', async () => {
    const setup = given('setup.json', '{"label":"mine","group":{"minSize":1}}');
    const { status, err } = await spillway([
      'replay',
      '--db',
      path.join(folder, 'a.sqlite'),
      '--queue',
      'orders',
      '--setup',
      setup,
    ]);
    expect(status).toBe(1);
    expect(err).toMatch(/orders|setup\.json/);
  });

  it('never writes over a file that is no database', async () => {
    const db = given(
      'notes.sqlite',
      'these are my notes, not a database, and they are long enough to be read as a header of one',
    );
    const { status, err } = await spillway([
      'export',
      '--db',
      db,
      '--from',
      '2026-03-02T00:00:00Z',
      '--to',
      '2026-03-02T01:00:00Z',
      '--out',
      '-',
    ]);
    const { readdirSync, readFileSync } = await import('node:fs');
    const kept = readdirSync(folder).some((name) =>
      readFileSync(path.join(folder, name), 'utf8').startsWith('these are my notes'),
    );
    expect(kept).toBe(true);
    expect([0, 1]).toContain(status);
    if (status === 1) expect(err.length).toBeGreaterThan(20);
  });
});

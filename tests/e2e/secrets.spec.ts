/**
 * Marked keys go in; nothing that comes out or is left behind may hold them (SEC-16).
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Transport } from '../../src/core/contract/client.ts';
import type { ConnectionInput } from '../../src/core/contract/shapes.ts';
import { launchDesktop } from './desktop.ts';

const secret = 'MarkedSecretKey0123456789abcdefABCDEF+/x';
const session = 'MarkedSessionToken0123456789';
const marks = [secret, session];

const connection: ConnectionInput = {
  name: 'marked',
  kind: 'aws',
  region: 'us-east-1',
  // Nobody listens on port 1: every call fails and every failure is reported.
  endpoint: 'http://127.0.0.1:1',
  credentials: { kind: 'static', accessKeyId: 'AKIAMARKEDMARKED0000', secretAccessKey: secret, sessionToken: session },
  pollIntervalSeconds: 60,
};

function textsBelow(folder: string): [name: string, text: string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [name, readFileSync(path.join(parentPath, name), 'latin1')]);
}

test('[SEC-16] keys stay in memory', async () => {
  const desktop = await launchDesktop(['--lang=en']);
  let said = '';
  for (const stream of [desktop.app.process().stdout, desktop.app.process().stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  try {
    const { page } = desktop;
    await expect(page.getByTestId('first-run')).toBeVisible();
    const answers = await page.evaluate(async (input) => {
      const { spillway } = window as unknown as { spillway: Transport };
      const pushed: unknown[] = [];
      spillway.listen((push) => pushed.push(push));
      const results = [await spillway.call('connections.test', input), await spillway.call('connections.add', input)];
      for (const method of ['connections.list', 'overview.get', 'session.get'])
        results.push(await spillway.call(method, {}));
      return JSON.stringify({ results, pushed });
    }, connection);
    expect(answers).toContain('"marked"');
    await page.reload();
    await expect(page.getByTestId('notices')).toContainText('marked');

    const dom = await page.content();
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    const files = textsBelow(desktop.userData);
    expect(files.map(([name]) => name)).toEqual(expect.arrayContaining(['spillway.sqlite', 'window.json']));
    for (const mark of marks) {
      for (const [where, text] of [
        ['answers', answers],
        ['page', dom],
        ['storage', kept],
        ['output', said],
        ...files,
      ]) {
        expect(text!.includes(mark), `${mark} in ${where}`).toBe(false);
      }
    }
  } finally {
    await desktop.close();
  }
});

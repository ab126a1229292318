import { expect, it } from 'vitest';
import { searchBrowser } from '../../e2e/browser.ts';

function search(executables: string[], options: { playwright?: string; root?: boolean; installs?: string } = {}) {
  const present = new Set(executables);
  let installed = 0;
  const found = searchBrowser({
    folders: ['/usr/local/bin', '/usr/bin'],
    isExecutable: (file) => present.has(file),
    playwrightFile: () => options.playwright ?? '',
    mayInstall: () => options.root ?? false,
    install() {
      installed += 1;
      if (options.installs !== undefined) present.add(options.installs);
    },
  });
  return { found, installs: () => installed };
}

it("takes the system's browser first, in the order of PATH", async () => {
  expect(await search(['/usr/bin/chromium', '/usr/local/bin/google-chrome']).found).toBe(
    '/usr/local/bin/google-chrome',
  );
});

it("takes Playwright's download when the system has none", async () => {
  expect(await search(['/cache/chrome'], { playwright: '/cache/chrome', root: true }).found).toBe('/cache/chrome');
});

it('installs the package only when it may, once', async () => {
  const { found, installs } = search([], { root: true, installs: '/usr/bin/chromium', playwright: '/cache/missing' });
  expect(await found).toBe('/usr/bin/chromium');
  expect(installs()).toBe(1);
});

it.each([{ root: false }, { root: true }])('otherwise names the commands that help (root: $root)', async (options) => {
  await expect(search([], options).found).rejects.toThrow(/apt-get install chromium.*npx playwright install chromium/);
});

/**
 * The served app through the same job, in both languages, from the one-time link on.
 */
import { readFileSync } from 'node:fs';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { findBrowser } from './browser.ts';
import { journey, type Save } from './journey.ts';
import { type Language, Screens } from './screens.ts';
import { type Served, startServed } from './served.ts';
import { type Watched, watch } from './violations.ts';

let browser: Browser;
test.beforeAll(async () => {
  browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
});
test.afterAll(() => browser?.close());

const save: Save = async ({ page }) => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-save').click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
};

for (const language of ['en', 'ko'] as const satisfies Language[]) {
  test.describe(`served in ${language}`, () => {
    let served: Served;
    let page: Page;
    let watched: Watched;

    test.beforeAll(async () => {
      served = await startServed(['--demo', '--demo-speed', '0']);
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        locale: language === 'ko' ? 'ko-KR' : 'en-US',
        timezoneId: 'UTC',
      });
      page = await context.newPage();
      watched = watch(page);
    });
    test.afterAll(async () => {
      await page?.context().close();
      await served?.stop();
    });

    test('[SEC-32] the link works once and leaves no code in the address', async () => {
      await page.goto(served.link);
      await expect(page.locator('#root:not(:empty)')).toBeVisible();
      expect(page.url()).not.toContain('code');
      const again = await browser.newContext();
      const second = await again.newPage();
      const answer = await second.goto(served.link);
      expect(answer?.status()).toBeGreaterThanOrEqual(400);
      await again.close();
    });

    test('demo, queue, replay A/B, incident, export', async () => {
      test.setTimeout(120_000);
      await journey(new Screens(page), language, save);
    });

    test('[SEC-03][SEC-37] the whole tour broke no rule of the policy, and nothing failed unseen', async () => {
      await new Screens(page).open('clicks');
      expect(watched.violations).toEqual([]);
      expect(watched.errors).toEqual([]);
    });
  });
}

/**
 * A newcomer with a file, or with nothing at all: from the first screen to a compared and explained policy, without an
 * account. In both languages, with pictures of the dialog.
 */
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type Desktop, launchDesktop } from './desktop.ts';
import { type Language, Screens, type ThemeName } from './screens.ts';

const folder = path.resolve(import.meta.dirname, '../../docs/screenshots');
const zoneless = [
  'timestamp,value',
  ...Array.from({ length: 180 }, (_, at) => `${stampOf(at)},${countOf(at)}`),
  '',
].join('\n');

function stampOf(minute: number): string {
  return new Date(Date.UTC(2025, 0, 1, 0, minute)).toISOString().slice(0, 19).replace('T', ' ');
}

function countOf(minute: number): number {
  return minute >= 60 && minute < 75 ? 300 : 30;
}

/** By keys, from the first screen. What it shows was asked for by a page that listens to keys already. */
async function openTraffic(screens: Screens): Promise<void> {
  const { page } = screens;
  // As the first of a window: the page must be there before it can go anywhere.
  await expect(page.locator('main[data-screen]')).toBeVisible();
  await screens.go('#/');
  await expect(page.getByTestId('first-run').or(page.getByTestId('overview-row')).first()).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page.getByTestId('import-dialog')).toBeVisible();
}

for (const [language, theme] of [
  ['en', 'dark'],
  ['ko', 'light'],
] as const satisfies [Language, ThemeName][]) {
  test.describe(`traffic from a file, ${language}`, () => {
    let desktop: Desktop;
    test.beforeAll(async () => {
      desktop = await launchDesktop([`--lang=${language}`]);
    });
    test.afterAll(() => desktop?.close());

    test('a zone-less file is asked about, imported, replayed and explained', async () => {
      const { page } = desktop;
      const screens = new Screens(page);
      await expect(page.getByTestId('first-run')).toBeVisible();
      await screens.setLanguage(language);
      await screens.setTheme(theme);
      await page.getByTestId('door-open').click();
      // Described traffic: a wrong part is named, and the dialog stays.
      await page.getByTestId('import-shape').fill('flood:height=3');
      await page.getByTestId('import-shape-store').click();
      await expect(page.getByTestId('import-dialog')).toContainText('flood:height=3');
      await expect(page.getByTestId('import-dialog')).toContainText('constant, step, ramp');
      await page.screenshot({
        path: path.join(folder, `import-shape-${theme}-${language}.png`),
        animations: 'disabled',
        caret: 'hide',
      });
      await page.getByTestId('import-file').setInputFiles({
        name: 'shop.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(zoneless),
      });
      await expect(page.getByTestId('import-report').getByRole('alert')).toBeVisible();
      await expect(page.getByTestId('import-store')).toBeDisabled();
      await page.getByTestId('import-zone').fill('Asia/Nowhere');
      await page.getByTestId('import-look').click();
      await expect(page.getByTestId('import-dialog')).toContainText('Asia/Nowhere');
      await page.getByTestId('import-zone').fill('Asia/Seoul');
      await page.getByTestId('import-look').click();
      await expect(page.getByTestId('import-store')).toBeEnabled();
      await page.screenshot({
        path: path.join(folder, `import-${theme}-${language}.png`),
        animations: 'disabled',
        caret: 'hide',
      });
      await page.getByTestId('import-store').click();
      await expect(page.locator('main[data-screen=replay]')).toBeVisible();
      await screens.replayed();
      const peaks = await screens.figures('peakBacklog');
      expect(peaks, 'no recorded fleet, two setups').toHaveLength(3);
      expect(peaks[0]).toBe('–');
      expect(peaks[1]).not.toBe('–');
      await expect(page.getByTestId('yardsticks')).toBeVisible();
    });

    test('a bundled sample is two presses away', async () => {
      const { page } = desktop;
      const screens = new Screens(page);
      await openTraffic(screens);
      await page.getByTestId('import-sample-nasa').click();
      await expect(page.locator('main[data-screen=replay]')).toBeVisible();
      await screens.replayed();
      await expect(page.getByTestId('antipatterns')).toBeVisible();
    });

    test('described traffic is two presses away, too', async () => {
      const { page } = desktop;
      const screens = new Screens(page);
      await openTraffic(screens);
      await page.getByTestId('import-shape-store').click();
      await expect(page.locator('main[data-screen=replay]')).toBeVisible();
      await screens.replayed();
      await expect(page.getByTestId('chart-replay-backlog')).toBeVisible();
    });
  });
}

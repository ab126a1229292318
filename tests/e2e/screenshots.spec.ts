/**
 * A picture of every screen, dark and light, in both languages, into docs/screenshots: always of the same instant of the
 * same demo, so a picture changes only when a screen does.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type Desktop, launchDesktop } from './desktop.ts';
import { type Language, Screens, type ThemeName } from './screens.ts';

const folder = path.resolve(import.meta.dirname, '../../docs/screenshots');

let desktop: Desktop;
let screens: Screens;

test.beforeAll(async () => {
  test.setTimeout(90_000);
  mkdirSync(folder, { recursive: true });
  desktop = await launchDesktop(['--demo', '--demo-speed=0', '--lang=en']);
  screens = new Screens(desktop.page);
  await screens.demoReady();
});
test.afterAll(() => desktop?.close());

/** Each shows a screen with something to see on it. */
const tour: Readonly<Record<string, () => Promise<void>>> = {
  overview: () => screens.overview(),
  queue: () => screens.open('orders'),
  stream: () => screens.open('clicks'),
  /** The stream's records on other shards, with the slow consumer the demo has; its hot shard is found. */
  async shards() {
    const { page } = desktop;
    await tour.stream!();
    for (const [field, text] of [
      ['shards', '2, 8'],
      ['reads', '2.54'],
    ] as const)
      await page.getByTestId(`what-if-${field}`).fill(text);
    await page.getByTestId('what-if-ask').click();
    // Deployed, two numbers of shards, on demand.
    await expect(page.getByTestId('what-if-table').locator('tbody tr')).toHaveCount(4);
    await expect(page.getByTestId('what-if-fidelity')).toContainText(/\d\.\d ?%/);
    await page.getByTestId('what-if').evaluate((element) => element.scrollIntoView());
  },
  async replay() {
    await screens.open('orders');
    await screens.tab('replay');
    await screens.replayed();
  },
  /** The same screen further down: what went wrong, and how good each fleet was. */
  async judgement() {
    await tour.replay!();
    await desktop.page.getByTestId('antipatterns').evaluate((element) => element.scrollIntoView());
  },
  /** Bands of the chosen run, on the charts and as figures. */
  async bands() {
    await tour.replay!();
    await desktop.page.getByTestId('bands-ask').click();
    await expect(desktop.page.getByTestId('band-peakBacklog')).toBeVisible({ timeout: 20_000 });
    await desktop.page.getByTestId('chart-replay-instances').evaluate((element) => element.scrollIntoView());
  },
  /** Candidate A scaled by target tracking instead of steps; its decisions in words. */
  async scalers() {
    const { page } = desktop;
    await tour.replay!();
    await page.getByTestId('field-kind').selectOption('tracking');
    await expect(page.getByTestId('field-tracking.0.targetValue')).toHaveValue('360');
    await screens.replayed();
    // The candidate as commands.
    await page.getByTestId('use-candidate').locator('summary').click();
    await expect(page.getByTestId('use-text')).toContainText('aws autoscaling put-scaling-policy');
    await page.getByTestId('use-candidate').evaluate((element) => element.scrollIntoView());
    await page.screenshot({ path: path.join(folder, 'use-candidate.png'), animations: 'disabled', caret: 'hide' });
    const candidate = page.getByTestId('decisions').locator('fieldset button').nth(1);
    await candidate.click();
    await expect(page.getByTestId('decisions').locator('tbody tr').first()).toContainText('backlog-per-instance');
    await page.getByTestId('decisions').evaluate((element) => element.scrollIntoView());
  },
  /** Every message by itself: how messages behave, and what became of them. */
  async messages() {
    const { page } = desktop;
    await tour.replay!();
    await page.getByTestId('plant-per-message').click();
    await page.getByTestId('field-visibilityTimeoutSeconds').fill('1');
    await page.getByTestId('replay-run').click();
    await expect(page.getByTestId('message-counts')).toBeVisible({ timeout: 20_000 });
    await screens.replayed();
    await page.evaluate(() => scrollTo(0, 0));
  },
  /** Bands message by message: worlds with service times of their own. */
  async messageBands() {
    const { page } = desktop;
    await tour.messages!();
    await page.getByTestId('bands-ask').click();
    await expect(page.getByTestId('band-peakBacklog')).toBeVisible({ timeout: 60_000 });
    await page.getByTestId('uncertainty').evaluate((element) => element.scrollIntoView({ block: 'center' }));
  },
  async yardsticks() {
    await tour.replay!();
    await desktop.page.getByTestId('yardsticks').evaluate((element) => element.scrollIntoView());
  },
  async incident() {
    await screens.open('orders');
    await screens.tab('incident');
    await expect(desktop.page.getByTestId('event-row').first()).toBeVisible();
  },
};

for (const language of ['en', 'ko'] as const satisfies Language[]) {
  for (const theme of ['dark', 'light'] as const satisfies ThemeName[]) {
    test(`pictures in ${language}, ${theme}`, async () => {
      await screens.overview();
      await screens.setLanguage(language);
      await screens.setTheme(theme);
      for (const [name, show] of Object.entries(tour)) {
        await show();
        // Nothing hovers, no caret blinks, and toasts of earlier steps are gone.
        await desktop.page.mouse.move(0, 0);
        await desktop.page.screenshot({
          path: path.join(folder, `${name}-${theme}-${language}.png`),
          animations: 'disabled',
          caret: 'hide',
        });
      }
    });
  }
}

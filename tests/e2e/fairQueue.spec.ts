/**
 * A fair queue on the queue screen of the served app: recorded from the bundled emulator, looked at in both languages, against the books of
 * the client that made the traffic; and a queue without tenants beside it. Writes pictures of the screen.
 */
import path from 'node:path';
import { type Browser, chromium, expect, type Locator, type Page, test } from '@playwright/test';
import { findBrowser } from './browser.ts';
import {
  alarmName,
  alarmThreshold,
  type FairTraffic,
  fairQueueName,
  plainQueueName,
  playFairTraffic,
} from './fairTraffic.ts';
import { type Language, Screens, type ThemeName } from './screens.ts';
import { type Served, startServed } from './served.ts';
import { type Watched, watch } from './violations.ts';

const folder = path.resolve(import.meta.dirname, '../../docs/screenshots');

/** What a person reads: titles of the charts, names in their legends, and values with their units. */
const wording = {
  en: {
    quiet: 'Messages of quiet groups',
    noisyGroups: 'Noisy groups',
    names: {
      visible: 'Visible, quiet groups',
      notVisible: 'In flight, quiet groups',
      delayed: 'Delayed, quiet groups',
      oldest: 'Oldest message, quiet groups',
      noisyGroups: 'Noisy groups',
      allVisible: 'Visible',
      allNotVisible: 'In flight',
      allOldest: 'Oldest message',
    },
    noGroup: 'No Auto Scaling group was found through its alarms.',
    messages: (n: number) => `${n} msgs`,
    groups: (n: number) => (n === 1 ? '1 group' : `${n} groups`),
    duration: (seconds: number) => `${Math.floor(seconds / 60)} min ${seconds % 60} s`,
  },
  ko: {
    quiet: '일반 그룹의 메시지',
    noisyGroups: '과점유 그룹',
    names: {
      visible: '대기 중(일반 그룹)',
      notVisible: '처리 중(일반 그룹)',
      delayed: '지연됨(일반 그룹)',
      oldest: '가장 오래된 메시지(일반 그룹)',
      noisyGroups: '과점유 그룹',
      allVisible: '대기 중',
      allNotVisible: '처리 중',
      allOldest: '가장 오래된 메시지',
    },
    noGroup: '경보로 연결된 Auto Scaling 그룹이 없습니다.',
    messages: (n: number) => `${n}개`,
    groups: (n: number) => `${n}개`,
    duration: (seconds: number) => `${Math.floor(seconds / 60)}분 ${seconds % 60}초`,
  },
} as const;

let browser: Browser | undefined;
let traffic: FairTraffic | undefined;
let served: Served | undefined;
let page: Page;
let screens: Screens;
let watched: Watched;

test.beforeAll(async () => {
  test.setTimeout(60_000);
  traffic = await playFairTraffic();
  served = await startServed([]);
  browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
  const context = await browser.newContext({
    // Tall enough for the charts of the groups.
    viewport: { width: 1280, height: 1000 },
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  page = await context.newPage();
  watched = watch(page);
  screens = new Screens(page);
  await page.goto(served.link);
  await screens.connectEmulator({ name: 'fair', endpoint: traffic.endpoint });
  await screens.overview();
  // What was done is said for a while, and is no part of the pictures.
  await page.getByTestId('toasts').getByRole('button').click();
});
test.afterAll(async () => {
  await browser?.close();
  await Promise.all([served?.stop(), traffic?.stop()]);
});

const chart = (id: string): Locator => page.getByTestId(`chart-${id}`);

/** Names and latest values of a chart's legend, in their order. */
async function expectLegend(id: string, wanted: readonly (readonly [name: string, value: string])[]): Promise<void> {
  const entries = chart(id).locator('.legend li');
  await expect(entries.locator('.legend-name')).toHaveText(wanted.map(([name]) => name));
  await expect(entries.locator('[data-value]')).toHaveText(wanted.map(([, value]) => value));
}

const axis = (id: string): Locator => chart(id).locator('.recharts-yAxis-tick-labels text');

/** The longest name of a metric stays inside the column beside the charts. */
async function expectSideFits(): Promise<void> {
  const beyond = await page
    .getByTestId('queue-screen')
    .locator('.side')
    .evaluate((side) => Math.max(...[...side.children].map((panel) => panel.scrollWidth)) - side.clientWidth);
  expect(beyond, 'pixels beyond the column').toBeLessThanOrEqual(0);
}

const shownCharts = (): Promise<string[]> =>
  page
    .getByTestId('queue-screen')
    .locator('figure.chart')
    .evaluateAll((figures) => figures.map((figure) => (figure as HTMLElement).dataset.testid ?? ''));

for (const language of ['en', 'ko'] as const satisfies Language[]) {
  const words = wording[language];

  test(`[SQSM-08][SQS-106] a fair queue's charts, ${language}`, async () => {
    const { left } = traffic!;
    await screens.setLanguage(language);
    await screens.openQueue(fairQueueName);
    await expect(chart('quiet').getByRole('heading')).toContainText(words.quiet);
    await expect(chart('noisyGroups').getByRole('heading')).toContainText(words.noisyGroups);
    await expectLegend('quiet', [
      [words.names.visible, words.messages(left.visible)],
      [words.names.notVisible, words.messages(left.notVisible)],
      [words.names.delayed, words.messages(left.delayed)],
    ]);
    await expectLegend('noisyGroups', [[words.names.noisyGroups, words.groups(left.noisyGroups)]]);
    // The noisy one's backlog is in the usual figures, and only there.
    await expectLegend('depth', [
      [words.names.allVisible, words.messages(left.visible + left.noisyVisible)],
      [words.names.allNotVisible, words.messages(left.notVisible + left.noisyNotVisible)],
    ]);
    await expectLegend('age', [
      [words.names.allOldest, words.duration(left.oldestAgeOfAllSeconds)],
      [words.names.oldest, words.duration(left.oldestAgeSeconds)],
    ]);
    // An alarm on a figure of the quiet ones is drawn where that figure is.
    await expect(chart('quiet').locator('.threshold-label')).toContainText(
      `${alarmName} ≥ ${words.messages(alarmThreshold)}`,
    );
    // Drawn, not only named: every series has its line.
    for (const [id, lines] of [
      ['quiet', 3],
      ['noisyGroups', 1],
      ['age', 2],
    ] as const)
      await expect(chart(id).locator('path.recharts-curve[stroke^="var(--line"]')).toHaveCount(lines);
    // Only the chart of the fleet has nothing to show, and says so.
    await expect(page.locator('.chart-empty')).toHaveCount(1);
    await expect(chart('instances').locator('.chart-empty')).toHaveText(words.noGroup);
    await expect(page.getByTestId('failure')).toHaveCount(0);
    // The one noisy group runs along a line of its own, not along the edge.
    await expect(axis('noisyGroups')).toHaveText(['0', '1', '2']);
    await expectSideFits();
  });

  test(`[SQSM-08] a queue without tenants has no chart of them, ${language}`, async () => {
    await screens.setLanguage(language);
    await screens.openQueue(plainQueueName);
    await expect(chart('depth').locator('path.recharts-curve').first()).toBeVisible();
    expect(await shownCharts()).toEqual(['chart-depth', 'chart-age', 'chart-rates', 'chart-instances']);
    await expect(chart('age').locator('.legend-name')).toHaveText([words.names.allOldest]);
    await expect(page.locator('.chart-empty')).toHaveCount(1);
    await expect(page.getByTestId('failure')).toHaveCount(0);
  });
}

for (const [theme, language] of [
  ['dark', 'en'],
  ['light', 'ko'],
] as const satisfies [ThemeName, Language][]) {
  test(`picture of a fair queue, ${theme}, ${language}`, async () => {
    await screens.setLanguage(language);
    await screens.setTheme(theme);
    await screens.openQueue(fairQueueName);
    await page.getByRole('button', { name: '1h', exact: true }).click();
    // Charts are redrawn one after the other.
    for (const id of ['depth', 'age', 'quiet', 'noisyGroups', 'rates'])
      await expect(chart(id).locator('.recharts-xAxis-tick-labels')).toContainText('07:10');
    await page.mouse.move(0, 0);
    await page.screenshot({
      path: path.join(folder, `fair-queue-${theme}-${language}.png`),
      animations: 'disabled',
      caret: 'hide',
    });
  });
}

test('nothing failed unseen', () => {
  expect(watched.violations).toEqual([]);
  expect(watched.errors).toEqual([]);
});

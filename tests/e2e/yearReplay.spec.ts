/**
 * A year of minutes on the replay screen of the built desktop app: the excerpt of the whole year, a slider, a day in minutes, and back.
 *
 * The engine sends fewer points than it has (REP-81), so what is proved is that none that matters got lost on the way to the screen.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { type Desktop, launchDesktop } from './desktop.ts';
import { Screens } from './screens.ts';
import { type Watched, watch } from './violations.ts';
import { flood, queueName, storeYear, yearFromMs, yearMinutes } from './yearTraffic.ts';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
/** Whole minutes, as few as 1,600 points allow. */
const bucketMinutes = 329;
const yearNote = 'each point: the largest of 5 h 29 min';
/** More comes than any fleet here processes until the flood is over, so its last minute is the worst of the year. */
const worstMinuteMs = flood.fromMs + (flood.minutes - 1) * minuteMs;
const slowMs = 20_000;

test.describe
  .serial('a year of minutes on the replay screen', () => {
    let folder: string;
    let desktop: Desktop;
    let screens: Screens;
    let watched: Watched;
    let chart: Locator;
    let note: Locator;
    /** As the year stands before anything is touched. */
    let figures: string[][];
    let summary: string;

    test.beforeAll(async () => {
      test.setTimeout(60_000);
      folder = mkdtempSync(path.join(tmpdir(), 'spillway-year-'));
      desktop = await launchDesktop(['--lang=en', `--db=${await storeYear(folder)}`]);
      watched = watch(desktop.page);
      screens = new Screens(desktop.page);
      chart = desktop.page.getByTestId('chart-replay-backlog');
      note = chart.locator('.chart-note');
      await expect(screens.row(queueName)).toBeVisible();
      await screens.openQueue(queueName);
      await screens.tab('replay');
      await screens.replayed();
      await screens.typeRange(yearFromMs, yearFromMs + yearMinutes * minuteMs);
      await desktop.page.getByTestId('replay-use-range').click();
      await expect(note).toHaveText(yearNote, { timeout: slowMs });
      await rested();
    });
    test.afterAll(async () => {
      await desktop?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Figures and, after them, yardsticks are those of the settings as they stand. */
    async function rested(): Promise<void> {
      await screens.replayed();
      await expect(desktop.page.locator('.replay-results .is-stale')).toHaveCount(0);
    }

    const allFigures = () =>
      Promise.all(['peakBacklog', 'instanceHours', 'launches'].map((one) => screens.figures(one)));
    const late = () =>
      desktop.page.getByTestId('yardsticks').getByRole('row').filter({ hasText: 'YARD-22' }).innerText();

    /** The highest point of each drawn replay, as the chart tells a screen reader. */
    async function highest(): Promise<{ readonly value: number; readonly atMs: number }[]> {
      const text = await chart.locator('figcaption + p').innerText();
      const found = [...text.matchAll(/highest (\S+) msgs at ([^,]+),/g)];
      return found.map(([, value, at]) => ({ value: amountOf(value!), atMs: Date.parse(at!) }));
    }

    /** What the chart shows at its highest is what the figures say of every minute. */
    async function chartHasThePeaks(): Promise<void> {
      const peaks = (await screens.figures('peakBacklog')).slice(1).map(amountOf);
      const shown = await highest();
      expect(shown, 'both setups are in the chart').toHaveLength(peaks.length);
      // A figure is of any instant, a point of a minute's end.
      for (const [at, { value }] of shown.entries()) {
        expect(value / peaks[at]!, 'peak in the chart against the figure').toBeGreaterThan(0.98);
        expect(value / peaks[at]!, 'peak in the chart against the figure').toBeLessThan(1.02);
      }
    }

    /** Lines that are more than an axis: as high as the figures say, on a scale that fits them. */
    async function linesAreDrawn(): Promise<void> {
      // Asked in one go: a path may be drawn anew at any moment.
      const shares = () =>
        chart.evaluate((root) => {
          const lines = [...root.querySelectorAll<SVGPathElement>('path.recharts-line-curve')];
          return lines.map((line) => line.getBBox().height / line.ownerSVGElement!.getBoundingClientRect().height);
        });
      await expect.poll(async () => (await shares()).filter((share) => share > 0.3)).toHaveLength(2);
    }

    /** Rows as the chart's table has them, newest first, and what it says when it leaves some out. */
    async function table(): Promise<{ readonly stepsMinutes: number[]; readonly cut: string; readonly rows: number }> {
      const shown = chart.getByTestId('chart-table');
      if ((await shown.count()) === 0) await chart.locator('figcaption button').click();
      const times = await shown.locator('tbody td:first-child').allInnerTexts();
      const instants = times.map((time) => Date.parse(`2025-${time}Z`));
      // Rows tell no year: where the zone is east, the newest are of the next one.
      const yearMs = yearMinutes * minuteMs;
      const apart = (later: number, at: number) => ((later - at + yearMs) % yearMs) / minuteMs;
      const stepsMinutes = instants.slice(1, 20).map((at, before) => apart(instants[before]!, at));
      return {
        stepsMinutes: [...new Set(stepsMinutes)],
        cut: await shown.locator('p').innerText(),
        rows: times.length,
      };
    }

    test('[REP-81] the whole year is drawn, its worst minute with it', async () => {
      const replayed = await desktop.page.locator('.replay-run strong').innerText();
      expect(replayed.split(' – ').map((end) => Date.parse(end))).toEqual([yearFromMs, yearFromMs + 365 * dayMs]);
      await linesAreDrawn();
      figures = await allFigures();
      summary = await chart.locator('figcaption + p').innerText();
      expect(figures[0], 'arrivals only: nothing recorded, two setups').toHaveLength(3);
      await chartHasThePeaks();
      for (const { atMs } of await highest()) {
        expect(atMs, 'the bucket with the worst minute').toBeLessThanOrEqual(worstMinuteMs);
        expect(atMs).toBeGreaterThan(worstMinuteMs - bucketMinutes * minuteMs);
      }
      for (const id of ['instances', 'age']) {
        await expect(desktop.page.getByTestId(`chart-replay-${id}`).locator('.chart-note')).toHaveText(yearNote);
      }
      expect(await table()).toEqual({
        stepsMinutes: [bucketMinutes],
        cut: 'The newest 500 of 1,598 rows.',
        rows: 500,
      });
      await expect(desktop.page.getByTestId('decisions').locator('tbody tr').first()).toBeVisible();
    });

    test('a slider moves figures, chart and yardsticks of one setup, and back', async () => {
      const slider = desktop.page.getByTestId('slide-maxSize');
      const before = await slider.inputValue();
      const lateBefore = await late();
      // Dragged: all but the last may go unanswered.
      for (const step of [2, 4, 6, 8]) await slider.fill(String(Number(before) - step));
      await screens.replayed();
      const dragged = await screens.figures('peakBacklog');
      expect(amountOf(dragged[1]!), 'fewer instances, more backlog').toBeGreaterThan(amountOf(figures[0]![1]!));
      expect(dragged[2], 'the other setup').toBe(figures[0]![2]);
      await chartHasThePeaks();
      await rested();
      expect(await screens.figures('peakBacklog'), 'judging changes no figure').toEqual(dragged);
      expect(await late()).not.toBe(lateBefore);
      await slider.fill(before);
      await rested();
      expect(await allFigures()).toEqual(figures);
      expect(await late()).toBe(lateBefore);
    });

    test('[REP-81] a day of it is shown in single minutes, and going back shows the year', async () => {
      const decisions = desktop.page.getByTestId('decisions');
      const decisionLines = async () =>
        Number(/(\d+) lines/.exec(await decisions.locator('.panel-head').innerText())?.[1]);
      const linesOfYear = await decisionLines();
      // Dragged over the flood: some weeks, in shorter buckets.
      const overlay = chart.locator('.chart-overlay');
      await overlay.scrollIntoViewIfNeeded();
      const box = (await overlay.boundingBox())!;
      await desktop.page.mouse.move(box.x + box.width * 0.55, box.y + box.height / 2);
      await desktop.page.mouse.down();
      await desktop.page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 4 });
      await desktop.page.mouse.up();
      await expect(note).toHaveText(/^each point: the largest of \d+ min$/);
      await chartHasThePeaks();
      await linesAreDrawn();

      const day = Math.floor(flood.fromMs / dayMs) * dayMs;
      await screens.typeRange(day, day + dayMs);
      await expect(note, 'single minutes need no note').toHaveCount(0);
      await expect.poll(decisionLines, { message: 'decisions of the day' }).toBeLessThan(linesOfYear / 100);
      await expect(decisions.locator('tbody tr')).not.toHaveCount(0);
      expect(await table()).toEqual({ stepsMinutes: [1], cut: 'The newest 500 of 1,440 rows.', rows: 500 });
      await linesAreDrawn();
      await chartHasThePeaks();
      expect((await highest()).map(({ atMs }) => atMs)).toEqual([worstMinuteMs, worstMinuteMs]);
      expect(await allFigures(), 'figures are of the year, whatever is shown').toEqual(figures);

      const back = desktop.page.getByTestId('range-bar').locator('.range-controls button').first();
      await back.click();
      await expect(note).toHaveText(/^each point: the largest of \d+ min$/);
      await back.click();
      await expect(note).toHaveText(yearNote);
      await expect(chart.locator('figcaption + p')).toHaveText(summary);
      await expect.poll(decisionLines).toBe(linesOfYear);
      expect((await table()).cut).toBe('The newest 500 of 1,598 rows.');
      await linesAreDrawn();
      expect(await allFigures()).toEqual(figures);
    });

    test('[SEC-03] nothing of it failed unseen', async () => {
      await rested();
      await expect(desktop.page.getByTestId('failure')).toHaveCount(0);
      expect(watched.violations).toEqual([]);
      expect(watched.errors).toEqual([]);
    });
  });

/** "1,767 msgs", "114k msgs" */
function amountOf(text: string): number {
  const found = /^([\d.,]+)([kM]?)/.exec(text);
  if (found === null) throw new Error(`no amount: ${text}`);
  return Number(found[1]!.replaceAll(',', '')) * ({ k: 1e3, M: 1e6 }[found[2]!] ?? 1);
}

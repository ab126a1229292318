/**
 * Moving a slider on the replay screen as somebody who looks at it has it: from the input to the frame that shows another figure, in a
 * browser that draws by software, for a week and a year of minutes.
 *
 * The built page (`npm run build` first) served by `spillway serve`, in the browser of the end-to-end tests. Every other move goes back to settings
 * that the engine still knows. Not here: what the engine alone takes (slider.ts). Writes benchmarks/results/slider-screen.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../tests/e2e/browser.ts';
import { startServed } from '../tests/e2e/served.ts';
import { machineLine, writeReport } from './lib/report.ts';
import { trafficCsv } from './lib/traffic.ts';

const START_MS = Date.parse('2025-01-01T00:00:00Z');
const MOVES = 21;
const WARM_UPS = 8;
const PAUSE_MS = 1_200;
const goals = [
  { name: 'week', minutes: 10_080, to: '2025-01-08', goalMs: 100 },
  { name: 'year', minutes: 525_600, to: '2026-01-01', goalMs: 250 },
];

const root = path.join(import.meta.dirname, '..');
const cli = path.join(root, 'src/cli/main.ts');
if (!existsSync(path.join(root, 'out/renderer'))) {
  console.log('Not measured: it needs the built page (npm run build).');
  process.exit(0);
}

const folder = mkdtempSync(path.join(tmpdir(), 'spillway-slider-'));
const db = path.join(folder, 'spillway.sqlite');
for (const { name, minutes } of goals) {
  const file = path.join(folder, `${name}.csv`);
  writeFileSync(file, [...trafficCsv(name, minutes, START_MS)].join(''));
  const importing = spawn(process.execPath, [cli, 'import', '--db', db, '--file', file, '--name', name]);
  const [code] = await once(importing, 'exit');
  if (code !== 0) throw new Error(`import ended with ${code}`);
}
const served = await startServed([], db);
const browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
await page.goto(served.link);
const rows: string[] = [];
for (const { name, to, goalMs } of goals) {
  await showReplay(page, name, to);
  const tookMs = (await movesOf(page)).toSorted((a, b) => a - b);
  const median = tookMs[tookMs.length >> 1]!;
  rows.push(
    `| a ${name} | ${median.toFixed(0)} ms | ${tookMs[0]!.toFixed(0)} to ${tookMs.at(-1)!.toFixed(0)} ms | under ${goalMs} ms: ${median < goalMs ? 'met' : 'not met'} |`,
  );
}
await browser.close();
await served.stop();
rmSync(folder, { recursive: true });

writeReport(
  'slider-screen',
  `# Moving a slider, on the screen

| | median | ${MOVES} moves | goal |
|---|---:|---:|---|
${rows.join('\n')}

From the input to the frame in which another figure stands, all of it: the form, the call, the replay, the answer, the drawing; in a browser without a graphics
processor, which shares the processor with the engine. Two setups, of which one changes. ${WARM_UPS} moves before are not counted.

${machineLine('slider-screen', `Chromium ${browser.version()}`)}
`,
);

async function showReplay(on: Page, queue: string, to: string): Promise<void> {
  await on.evaluate(() => {
    location.hash = '#/';
  });
  await on
    .locator(`[data-testid=overview-row][data-resource="${queue}"]`)
    .getByRole('link', { name: queue, exact: true })
    .click();
  await on.getByTestId('queue-screen').waitFor();
  await on.getByTestId('range-bar').locator('nav a[href^="#/replay/"]').click();
  await on.getByTestId('slide-maxSize').waitFor();
  await on.getByTestId('range-field').click();
  await on.keyboard.press('Control+A');
  await on.keyboard.type(`2025-01-01 00:00 - ${to} 00:00`);
  await on.keyboard.press('Enter');
  await on.getByTestId('replay-use-range').click();
  await on.getByTestId('replay-run').click();
  await on.locator('.replay-results[aria-busy=false]').waitFor();
  await on.getByTestId('differences').waitFor();
}

/** @returns milliseconds of each move */
function movesOf(on: Page): Promise<number[]> {
  return on.evaluate(
    async ({ moves, warmUps, pauseMs }) => {
      const slider = document.querySelector<HTMLInputElement>('[data-testid=slide-maxSize]')!;
      const figures = document.querySelector('[data-testid=differences]')!;
      // As React hears it: through the element's own setter.
      const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
      const rest = Number(slider.value);
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const times: number[] = [];
      for (let move = 0; move < moves + warmUps; move++) {
        const changed = new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            observer.disconnect();
            resolve();
          });
          observer.observe(figures, { subtree: true, characterData: true, childList: true });
        });
        const began = performance.now();
        write.call(slider, String(move % 2 === 0 ? Math.max(Number(slider.min), rest - 3 - (move % 7)) : rest));
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        await changed;
        // The frame, and what the browser does to draw it.
        await new Promise(requestAnimationFrame);
        await pause(0);
        if (move >= warmUps) times.push(performance.now() - began);
        await pause(pauseMs);
      }
      return times;
    },
    { moves: MOVES, warmUps: WARM_UPS, pauseMs: PAUSE_MS },
  );
}

/**
 * The whole job once, as a person does it: demo, queue, replay A against B, incident, export. The same on the desktop and
 * in a browser; only how a file is saved differs.
 */
import { expect } from '@playwright/test';
import type { Language, Screens } from './screens.ts';

/** Clicks the save button and gives back the name and text of what was saved. */
export type Save = (screens: Screens) => Promise<{ readonly name: string; readonly text: string }>;

const hangul = /[가-힣]/;
const noteTitle = { en: 'Crowd arrived <b>early</b>', ko: '사용자가 <b>일찍</b> 몰림' } as const;

export async function journey(screens: Screens, language: Language, save: Save): Promise<void> {
  const { page } = screens;
  await screens.demoReady();
  await screens.setLanguage(language);

  // The overview: worst first, and the queue in trouble is the worst.
  await screens.overview();
  await expect(page.getByTestId('overview-row').first()).toHaveAttribute('data-resource', 'orders');

  await screens.open('orders');
  for (const chart of ['depth', 'age', 'instances']) await expect(page.getByTestId(`chart-${chart}`)).toBeVisible();
  await expect(page.getByTestId('alarms-panel')).toContainText('orders-backlog-high');
  await expect(page.getByTestId('group-panel')).toContainText('orders-workers');

  await screens.tab('replay');
  await screens.replayed();
  await expect(page.getByTestId('fidelity')).toBeVisible();
  const hours = await screens.figures('instanceHours');
  expect(hours, 'recorded, deployed, A and B').toHaveLength(4);
  const ages = await screens.figures('worstAgeSeconds');
  const candidates = hours.map((each, at) => `${each} ${ages[at]}`).slice(1);
  expect(new Set(candidates).size, 'the candidates differ').toBe(3);
  await page.getByTestId('replay-run').click();
  await screens.replayed();
  expect(await screens.figures('instanceHours'), 'a replay repeats').toEqual(hours);

  await expect(page.getByTestId('yardsticks').locator('tbody tr')).not.toHaveCount(0);
  const lateOf = () => page.getByTestId('yardsticks').getByRole('row').filter({ hasText: 'YARD-22' }).innerText();
  const late = await lateOf();

  // Moving a slider replays by itself; back where it was, so are the figures.
  const slider = page.getByTestId('slide-maxSize');
  const before = await slider.inputValue();
  await slider.fill('7');
  await expect.poll(() => screens.figures('worstAgeSeconds'), { message: 'the slider replays' }).not.toEqual(ages);
  await slider.fill(before);
  await expect.poll(() => screens.figures('worstAgeSeconds')).toEqual(ages);
  await screens.replayed();

  // Instances four times as fast as they were foretell nothing, although capacity hardly ever differs.
  const fidelity = page.getByTestId('fidelity');
  await expect(fidelity).toHaveAttribute('data-trust', 'close');
  const throughput = page.getByTestId('slide-throughputPerInstancePerMinute');
  // A slider rests on whole numbers, so what was recorded goes back into the field.
  const field = page.getByTestId('field-throughputPerInstancePerMinute');
  const recorded = await field.inputValue();
  await throughput.fill((await throughput.getAttribute('max'))!);
  await expect(fidelity).not.toHaveAttribute('data-trust', 'close');
  await field.fill(recorded);
  await expect(fidelity).toHaveAttribute('data-trust', 'close');
  await expect.poll(() => screens.figures('worstAgeSeconds')).toEqual(ages);
  // The judgement comes after the figures.
  await expect.poll(lateOf).toBe(late);
  await screens.replayed();

  // How far the chosen one may be off.
  await page.getByTestId('bands-ask').click();
  await expect(page.getByTestId('band-peakBacklog')).toBeVisible({ timeout: 20_000 });
  const decisions = page.getByTestId('decisions').locator('tbody tr');
  await expect(decisions.first()).toBeVisible();

  // Judged by yardsticks and antipatterns, and confirmed message by message: another queue, the same policies.
  await expect(page.getByTestId('yardsticks').locator('tbody tr')).not.toHaveCount(0);
  await expect(page.getByTestId('antipatterns')).toBeVisible();
  await page.getByTestId('plant-per-message').click();
  await expect(page.getByTestId('replay-outdated')).toBeVisible();
  await page.getByTestId('replay-run').click();
  await screens.replayed();
  await expect(page.getByTestId('replay-outdated')).toHaveCount(0);
  expect(await screens.figures('worstAgeSeconds'), 'messages wait otherwise than a flow').not.toEqual(ages);
  await page.getByTestId('plant-fluid').click();
  await page.getByTestId('replay-run').click();
  await screens.replayed();
  expect(await lateOf(), 'the flow repeats').toBe(late);
  await screens.pageFitsWindow();

  await screens.tab('incident');
  await screens.addNote(noteTitle[language], '2026-03-02T07:12Z');
  await expect(page.getByTestId('export-replay')).toBeChecked();
  await screens.chooseFormat('markdown');
  const markdown = await save(screens);
  expect(markdown.name).toMatch(/\.md$/);
  expect(markdown.text).toContain('orders-backlog-high');
  expect(hangul.test(markdown.text)).toBe(language === 'ko');

  await screens.chooseFormat('html');
  const html = await save(screens);
  expect(html.name).toMatch(/\.html$/);
  expect(html.text).toContain('<svg');
  expect(html.text, 'a report has no script and loads nothing').not.toMatch(/<script|<link|src=|@import|url\(/i);
  expect(html.text, 'what people type is text').not.toContain('<b>');

  await screens.chooseFormat('json');
  const json = await save(screens);
  expect(JSON.stringify(JSON.parse(json.text))).toContain(JSON.stringify(noteTitle[language]).slice(1, -1));
}

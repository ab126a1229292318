/**
 * Spillway's screens as a person drives them, the same on the desktop and in a browser. Finds things by role and test id,
 * so that it works in both languages.
 */
import { expect, type Locator, type Page } from '@playwright/test';

export type Language = 'en' | 'ko';
export type ThemeName = 'dark' | 'light';

/** A demo runs its clock seven and a half hours ahead before it is ready. */
const demoTimeoutMs = 60_000;

export class Screens {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the demo is recorded up to the crowd and its queue is on the overview. */
  async demoReady(): Promise<void> {
    const bar = this.page.getByTestId('demo-bar');
    await expect(bar).toBeVisible({ timeout: demoTimeoutMs });
    await expect(bar.getByRole('progressbar')).toHaveCount(0, { timeout: demoTimeoutMs });
    // The table is drawn while the history comes in; it is whole when the last hour has a line.
    for (const name of ['orders', 'clicks']) {
      await expect(this.row(name).locator('path')).toHaveAttribute('d', /L/i);
    }
    await expect(this.row('orders')).toHaveAttribute('data-state', 'alarm');
  }

  row(resource: string): Locator {
    return this.page.locator(`[data-testid=overview-row][data-resource="${resource}"]`);
  }

  async overview(): Promise<void> {
    await this.go('#/');
    await expect(this.row('orders')).toBeVisible();
  }

  async open(resource: 'orders' | 'clicks'): Promise<void> {
    await this.overview();
    await this.row(resource).getByRole('link', { name: resource, exact: true }).click();
    const screen = this.page.getByTestId(resource === 'orders' ? 'queue-screen' : 'stream-screen');
    await expect(screen).toBeVisible();
    await expect(screen.locator('.recharts-line-curve, .recharts-line path').first()).toBeVisible();
  }

  /** A queue that is there, on whatever connection. */
  async openQueue(name: string): Promise<void> {
    await this.go('#/');
    await this.row(name).getByRole('link', { name, exact: true }).click();
    await expect(this.page.getByTestId('queue-screen')).toBeVisible();
    await expect(this.page.getByTestId('range-bar').getByRole('heading')).toHaveText(name);
  }

  /** From the first screen on: an emulator, with keys that it takes as it takes any. */
  async connectEmulator(given: { readonly name: string; readonly endpoint: string }): Promise<void> {
    await this.page.getByTestId('door-connect').click();
    const dialog = this.page.getByRole('dialog');
    const choose = (value: string) => dialog.locator(`label[for$="-${value}"]`).click();
    await choose('emulator');
    await choose('static');
    for (const [field, text] of [
      ['name', given.name],
      ['endpoint', given.endpoint],
      ['accessKeyId', 'test'],
      ['secretAccessKey', 'test'],
    ] as const)
      await dialog.getByTestId(`connect-${field}`).fill(text);
    await dialog.getByTestId('connect-add').click();
    await expect(dialog).toHaveCount(0);
  }

  /** A tab of the resource that is open; its address tells which, in any language. */
  async tab(screen: 'queue' | 'replay' | 'incident' | 'stream'): Promise<void> {
    await this.page.getByTestId('range-bar').locator(`nav a[href^="#/${screen}/"]`).click();
    await expect(this.page.locator(`main[data-screen=${screen}]`)).toBeVisible();
  }

  /** Into the field of the range bar, as a person types it. */
  async typeRange(fromMs: number, toMs: number): Promise<void> {
    const field = this.page.getByTestId('range-field');
    const text = (atMs: number) => new Date(atMs).toISOString();
    await field.click();
    await field.fill(`${text(fromMs)} - ${text(toMs)}`);
    await field.press('Enter');
    await expect(field).not.toBeFocused();
  }

  async setLanguage(language: Language): Promise<void> {
    if ((await this.page.locator('html').getAttribute('lang')) !== language) {
      await this.page.getByTestId('language-toggle').click();
    }
    await expect(this.page.locator('html')).toHaveAttribute('lang', language);
  }

  async setTheme(theme: ThemeName): Promise<void> {
    await this.page.getByTestId('theme-menu').click();
    // System, dark, light, high contrast: in this order, whatever they are called.
    await this.page
      .getByRole('menuitem')
      .nth(theme === 'dark' ? 1 : 2)
      .click();
    await expect(this.page.locator('html')).toHaveAttribute('data-theme', theme);
  }

  /** The comparison is there without a click; running again gives it anew. */
  async replayed(): Promise<void> {
    await expect(this.page.getByTestId('differences')).toBeVisible();
    await expect(this.page.getByTestId('replay-run')).toBeEnabled();
    await expect(this.page.locator('.replay-results')).toHaveAttribute('aria-busy', 'false');
  }

  /** One figure of every column of the comparison: recorded, deployed, A, B. */
  async figures(field: string): Promise<string[]> {
    const texts = await this.page.getByTestId(`difference-${field}`).locator('td').allInnerTexts();
    // The first line is the figure, the second the difference to the deployed policy.
    return texts.map((text) => text.replace('▾', '').trim().split('\n')[0]!.trim());
  }

  /** Only the middle scrolls: the window's own page is never longer than the window, however long a screen is. */
  async pageFitsWindow(): Promise<void> {
    const beyond = await this.page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    expect(beyond, 'pixels of the page below the window').toBeLessThanOrEqual(0);
  }

  /** @param at an instant as a person types it, with its zone */
  async addNote(title: string, at: string): Promise<void> {
    const form = this.page.getByTestId('note-form');
    await form.getByTestId('note-at').fill(at);
    await form.getByTestId('note-title').fill(title);
    await form.getByTestId('note-add').click();
    // The list draws only what is in view; the filter brings the note there.
    const filter = this.page.getByTestId('incident-screen').getByRole('searchbox');
    await filter.fill(title);
    await expect(this.page.getByTestId('event-row')).toHaveCount(1);
    await expect(this.page.getByTestId('event-row')).toContainText(title);
    await filter.fill('');
  }

  async chooseFormat(format: 'markdown' | 'json' | 'html'): Promise<void> {
    await this.page.getByTestId(`export-${format}`).click();
  }

  async go(hash: string): Promise<void> {
    await this.page.evaluate((target) => {
      location.hash = target;
    }, hash);
  }
}

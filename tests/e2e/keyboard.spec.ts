/**
 * The keyboard's place on the desktop (UX-63): a dialog takes the focus where typing begins, leads to what is wrong and
 * gives the focus back; the first screen is usable without a mouse.
 */
import { expect, test } from '@playwright/test';
import { type Desktop, launchDesktop } from './desktop.ts';

let desktop: Desktop;
test.beforeAll(async () => {
  desktop = await launchDesktop(['--lang=ko']);
});
test.afterAll(() => desktop?.close());

test('UX-63 the connect dialog: first field, first fault, back to its door', async () => {
  const { page } = desktop;
  const door = page.getByTestId('door-connect');
  await door.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('connect-name')).toBeFocused();

  await page.getByTestId('connect-name').fill('prod');
  await page.getByTestId('connect-region').fill('seoul');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('connect-region')).toBeFocused();
  await expect(page.getByTestId('connect-region')).toHaveAttribute('aria-invalid', 'true');

  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(door).toBeFocused();
});

test('UX-63 the list of keys gives the focus back, and so does the palette', async () => {
  const { page } = desktop;
  const door = page.getByTestId('door-demo');
  for (const keys of ['Shift+Slash', 'ControlOrMeta+KeyK']) {
    await door.focus();
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(door).toBeFocused();
  }
});

test('UX-63 a new screen takes the focus that the old one had', async () => {
  const { page } = desktop;
  await page.getByTestId('door-demo').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page.locator('main[data-screen=incident]')).toBeFocused();
});

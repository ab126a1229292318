/**
 * The built desktop app through the whole job, in both languages.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { answerSaveDialog, clickMenu, type Desktop, launchDesktop } from './desktop.ts';
import { journey, type Save } from './journey.ts';
import { type Language, Screens } from './screens.ts';
import { type Watched, watch } from './violations.ts';

for (const language of ['en', 'ko'] as const satisfies Language[]) {
  test.describe(`desktop in ${language}`, () => {
    let desktop: Desktop;
    let screens: Screens;
    let watched: Watched;

    test.beforeAll(async () => {
      test.setTimeout(90_000);
      desktop = await launchDesktop(['--demo', '--demo-speed=0', `--lang=${language}`]);
      watched = watch(desktop.page);
      screens = new Screens(desktop.page);
      await screens.demoReady();
    });
    test.afterAll(() => desktop?.close());

    let saves = 0;
    const save: Save = async ({ page }) => {
      saves += 1;
      const folder = path.join(desktop.userData, `saved-${saves}`);
      // The name is the page's proposal; the folder is what a person would choose.
      await desktop.app.evaluate(({ dialog }, chosen) => {
        dialog.showSaveDialog = async (...args: unknown[]) => {
          const { defaultPath } = args.at(-1) as { defaultPath: string };
          return { canceled: false, filePath: `${chosen}/${defaultPath.split(/[/\\]/).at(-1)}` };
        };
      }, folder);
      await page.getByTestId('export-save').click();
      // Written under a temporary name first, then renamed: what is there under its own name is whole.
      const written = () => readdirSync(folder).filter((name) => !name.endsWith('.tmp'));
      await expect.poll(() => (existsSync(folder) ? written() : [])).toHaveLength(1);
      const name = written()[0]!;
      return { name, text: readFileSync(path.join(folder, name), 'utf8') };
    };

    test('demo, queue, replay A/B, incident, export', async () => {
      test.setTimeout(120_000);
      await expect(desktop.page.locator('html')).toHaveAttribute('lang', language);
      await journey(screens, language, save);
    });

    test('the menu speaks the language and asks the page', async () => {
      const labels = await desktop.app.evaluate(({ Menu }) =>
        Menu.getApplicationMenu()?.items.map(({ label }) => label),
      );
      expect(labels?.[0]).toBe(language === 'ko' ? '파일' : 'File');
      const other = language === 'ko' ? 'en' : 'ko';
      await clickMenu(desktop.app, `language.${other}`);
      await expect(desktop.page.locator('html')).toHaveAttribute('lang', other);
      await clickMenu(desktop.app, `language.${language}`);
      await expect(desktop.page.locator('html')).toHaveAttribute('lang', language);
      await clickMenu(desktop.app, 'theme.light');
      await expect(desktop.page.locator('html')).toHaveAttribute('data-theme', 'light');
      await screens.overview();
      await clickMenu(desktop.app, 'export');
      await expect(desktop.page.getByTestId('export-panel')).toBeVisible();
    });

    test('a cancelled save writes nothing and says nothing', async () => {
      await screens.open('orders');
      await screens.tab('incident');
      await answerSaveDialog(desktop.app, null);
      await desktop.page.getByTestId('export-save').click();
      await expect(desktop.page.getByTestId('export-save')).toBeEnabled();
      await expect(desktop.page.getByTestId('failure')).toHaveCount(0);
    });

    test('[SEC-03] the whole tour broke no rule of the policy, and nothing failed unseen', async () => {
      await screens.open('clicks');
      expect(watched.violations).toEqual([]);
      expect(watched.errors).toEqual([]);
    });
  });
}

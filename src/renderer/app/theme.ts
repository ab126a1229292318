/**
 * Which theme stands on <html>. "system" follows the machine; the last choice is remembered for the first paint.
 */
import type { Theme } from '../../core/contract/shapes.ts';

export type ShownTheme = 'dark' | 'light' | 'contrast';

const storageKey = 'spillway.theme';

export function shownTheme(theme: Theme, prefersLight: boolean): ShownTheme {
  if (theme !== 'system') return theme;
  return prefersLight ? 'light' : 'dark';
}

export function rememberedTheme(): Theme {
  const stored = window.localStorage.getItem(storageKey);
  return stored === 'light' || stored === 'dark' || stored === 'contrast' ? stored : 'system';
}

export function applyTheme(theme: Theme): ShownTheme {
  const shown = shownTheme(theme, window.matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = shown;
  document.documentElement.dataset.mantineColorScheme = shown === 'light' ? 'light' : 'dark';
  window.localStorage.setItem(storageKey, theme);
  return shown;
}

/**
 * The window: its options (SEC-01) and when it is shown (EL-31).
 */
import type { BrowserWindow, BrowserWindowConstructorOptions, NativeTheme } from 'electron';
import type { Theme } from '../core/contract/shapes.ts';

/** Behind the page until it has painted, so that a dark app does not flash white. */
const backgrounds = { dark: '#101418', light: '#ffffff' } as const;

export function windowBackground(dark: boolean): string {
  return dark ? backgrounds.dark : backgrounds.light;
}

/** Electron knows three; high contrast is a dark page of ours. */
export function nativeThemeSource(theme: Theme): NativeTheme['themeSource'] {
  return theme === 'contrast' ? 'dark' : theme;
}

export function windowOptions(preloadFile: string, dark: boolean): BrowserWindowConstructorOptions {
  return {
    title: 'Spillway',
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: windowBackground(dark),
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // A hidden window still listens for pushes; drawing stops by itself.
      backgroundThrottling: true,
    },
  };
}

/** Shown once it has painted; and at the latest when loading failed, because an invisible app cannot say what is wrong. */
export function showWhenReady(window: Pick<BrowserWindow, 'once' | 'show' | 'isDestroyed' | 'webContents'>): void {
  let shown = false;
  const show = () => {
    if (shown || window.isDestroyed()) return;
    shown = true;
    window.show();
  };
  window.once('ready-to-show', show);
  window.webContents.once('did-fail-load', show);
}

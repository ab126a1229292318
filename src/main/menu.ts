/**
 * The application menu as a template. What the page can do is asked of it by command; main itself only quits, reloads
 * and copies diagnostics.
 */
import type { MenuItemConstructorOptions } from 'electron';
import type { HostCommand } from '../core/contract/commands.ts';
import type { Theme } from '../core/contract/shapes.ts';
import type { Language } from '../core/messages/index.ts';
import { menuText } from './menuText.ts';

export interface MenuState {
  readonly language: Language;
  readonly theme: Theme;
}

export interface MenuActions {
  readonly command: (command: HostCommand) => void;
  readonly reload: () => void;
  readonly quit: () => void;
  readonly copyDiagnostics: () => void;
}

const themes = [
  ['system', 'themeSystem'],
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
  ['contrast', 'themeContrast'],
] as const;
/** In their own language, so that they are found by the person who cannot read the present one. */
const languages = [
  ['en', 'English'],
  ['ko', '한국어'],
] as const;

export function menuTemplate({ language, theme }: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const text = (key: keyof typeof menuText) => menuText[key][language];
  return [
    {
      id: 'file',
      label: text('file'),
      submenu: [
        { id: 'export', label: text('export'), accelerator: 'CmdOrCtrl+E', click: () => actions.command('export') },
        { type: 'separator' },
        { id: 'quit', label: text('quit'), accelerator: 'CmdOrCtrl+Q', click: () => actions.quit() },
      ],
    },
    // Roles bring their words and keys; without them copy and paste have no keys on macOS.
    { id: 'edit', label: text('edit'), role: 'editMenu' },
    {
      id: 'view',
      label: text('view'),
      submenu: [
        {
          id: 'language',
          label: text('language'),
          submenu: languages.map(([id, label]) => ({
            id: `language.${id}`,
            label,
            type: 'radio' as const,
            checked: id === language,
            click: () => actions.command(`language.${id}`),
          })),
        },
        {
          id: 'theme',
          label: text('theme'),
          submenu: themes.map(([id, key]) => ({
            id: `theme.${id}`,
            label: text(key),
            type: 'radio' as const,
            checked: id === theme,
            click: () => actions.command(`theme.${id}`),
          })),
        },
        { type: 'separator' },
        { id: 'reload', label: text('reload'), accelerator: 'CmdOrCtrl+R', click: () => actions.reload() },
      ],
    },
    {
      id: 'help',
      label: text('help'),
      role: 'help',
      submenu: [{ id: 'diagnostics', label: text('diagnostics'), click: () => actions.copyDiagnostics() }],
    },
  ];
}

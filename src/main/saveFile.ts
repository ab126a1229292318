/**
 * `host.saveFile`: the page hands over a name and a text, the person chooses the place in a dialog (SEC-13, EL-40).
 */
import path from 'node:path';
import type { BrowserWindow, Dialog } from 'electron';
import type { Output, ParsedInput } from '../core/contract/methods.ts';
import { SpillwayError } from '../core/errors.ts';

export interface SaveFileOptions {
  readonly dialog: Pick<Dialog, 'showSaveDialog'>;
  readonly window: () => BrowserWindow | null;
  /** Where the dialog opens when nothing was saved before. */
  readonly defaultFolder: () => string;
  readonly lastFolder: () => string | null;
  readonly rememberFolder: (folder: string) => void;
  readonly write: (file: string, text: string) => void;
}

const maxNameLength = 150;

/** The page proposes a name, never a place: folders, control and reserved characters are taken out. */
export function plainFileName(proposed: string): string {
  const name = [...proposed.slice(Math.max(proposed.lastIndexOf('/'), proposed.lastIndexOf('\\')) + 1)]
    .filter((character) => character.codePointAt(0)! >= 0x20 && !'<>:"|?*\u007f'.includes(character))
    .join('')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, maxNameLength);
  return name === '' ? 'spillway-export.txt' : name;
}

/** @throws SpillwayError FILE_UNWRITABLE, the older file unchanged */
export function createSaveFile(options: SaveFileOptions) {
  return async ({ fileName, text }: ParsedInput<'host.saveFile'>): Promise<Output<'host.saveFile'>> => {
    const name = plainFileName(fileName);
    const extension = path.extname(name).slice(1);
    const request = {
      defaultPath: path.join(options.lastFolder() ?? options.defaultFolder(), name),
      filters: extension === '' ? [] : [{ name: extension.toUpperCase(), extensions: [extension] }],
    };
    const window = options.window();
    const { canceled, filePath } = await (window === null
      ? options.dialog.showSaveDialog(request)
      : options.dialog.showSaveDialog(window, request));
    if (canceled || filePath === '') return { saved: false, fileName: null };
    try {
      options.write(filePath, text);
    } catch (thrown) {
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      throw new SpillwayError('FILE_UNWRITABLE', { file: path.basename(filePath), detail }, true);
    }
    options.rememberFolder(path.dirname(filePath));
    return { saved: true, fileName: path.basename(filePath) };
  };
}

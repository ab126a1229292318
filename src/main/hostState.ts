/**
 * The little that main remembers between starts, in a JSON file of the user's data folder: the folder of the last save
 * (EL-40), and language and theme, because the window has a colour before the engine can say what the user prefers.
 */
import { language, type Theme, theme } from '../core/contract/shapes.ts';
import type { Language } from '../core/messages/index.ts';

export interface HostState {
  /** Absolute path. */
  readonly lastFolder: string | null;
  readonly language: Language | null;
  readonly theme: Theme;
}

const empty: HostState = { lastFolder: null, language: null, theme: 'system' };

export interface HostStateFile {
  get(): HostState;
  update(change: Partial<HostState>): void;
}

/**
 * @param file.read  throws when there is none
 * @param file.write replaces it whole
 * @param onFailure  told when it cannot be written; what was remembered is then forgotten at the next start
 */
export function openHostState(
  file: { read(): string; write(text: string): void },
  onFailure: (thrown: unknown) => void,
): HostStateFile {
  let state = load(file.read);
  return {
    get: () => state,
    update(change) {
      const next = { ...state, ...change };
      if (JSON.stringify(next) === JSON.stringify(state)) return;
      state = next;
      try {
        file.write(JSON.stringify(state));
      } catch (thrown) {
        onFailure(thrown);
      }
    },
  };
}

/** A missing or damaged file is an empty memory, field by field: nothing in it is worth an error on the screen. */
function load(read: () => string): HostState {
  let stored: Partial<Record<keyof HostState, unknown>> | null;
  try {
    stored = JSON.parse(read());
  } catch {
    return empty;
  }
  const folder = stored?.lastFolder;
  return {
    lastFolder: typeof folder === 'string' && folder !== '' ? folder : null,
    language: language.safeParse(stored?.language).data ?? null,
    theme: theme.safeParse(stored?.theme).data ?? 'system',
  };
}

/**
 * The little that main remembers between starts, in a JSON file of the user's data folder: the folder of the last save
 * (EL-40), and language and theme, because the window has a colour before the engine can say what the user prefers.
 */
import { z } from 'zod';
import { language, theme } from '../core/contract/shapes.ts';

const stored = z.object({
  lastFolder: z.string().min(1).max(4096).nullable().catch(null),
  language: language.nullable().catch(null),
  theme: theme.catch('system'),
});
export type HostState = z.infer<typeof stored>;

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

/** A missing or damaged file is an empty memory: nothing in it is worth an error on the screen. */
function load(read: () => string): HostState {
  try {
    const parsed = stored.safeParse(JSON.parse(read()));
    return parsed.success ? parsed.data : empty;
  } catch {
    return empty;
  }
}

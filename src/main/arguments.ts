/**
 * The few words the desktop app understands on its command line: `--demo`, `--demo-speed=N`, `--db FILE`, `--lang en|ko`.
 *
 * Electron and Chromium put words of their own on the same line, so unknown ones are passed over in silence.
 */
import type { Language } from '../core/messages/index.ts';

export interface DesktopArguments {
  readonly demo: boolean;
  /** Virtual seconds per real second once the demo is live; 0 holds the clock; null: the demo's own default. */
  readonly demoSpeed: number | null;
  /** Database file instead of the one in the user's data folder. */
  readonly databaseFile: string | null;
  readonly language: Language | null;
}

/** What was wrong with a word; the app says it and does not start. */
export interface ArgumentFault {
  readonly flag: string;
  readonly found: string;
  readonly expected: string;
}

export const maxDemoSpeed = 3600;

/** @param words the command line without the executable */
export function parseArguments(words: readonly string[]): { arguments: DesktopArguments; faults: ArgumentFault[] } {
  let demo = false;
  let demoSpeed: number | null = null;
  let databaseFile: string | null = null;
  let language: Language | null = null;
  const faults: ArgumentFault[] = [];

  for (let at = 0; at < words.length; at += 1) {
    const [flag, inline] = split(words[at]!);
    const value = () => inline ?? words[++at] ?? '';
    if (flag === '--demo') demo = true;
    else if (flag === '--demo-speed') {
      const found = value();
      const speed = Number(found);
      if (found.trim() !== '' && speed >= 0 && speed <= maxDemoSpeed) demoSpeed = speed;
      else faults.push({ flag, found, expected: `a number from 0 to ${maxDemoSpeed}` });
    } else if (flag === '--db') {
      const found = value();
      if (found !== '' && !found.startsWith('--')) databaseFile = found;
      else faults.push({ flag, found, expected: 'a file' });
    } else if (flag === '--lang') {
      const found = value();
      // Chromium has a --lang of its own, with many more values; those it knows and we do not are not a mistake.
      if (found === 'en' || found === 'ko') language = found;
    }
  }
  return { arguments: { demo, demoSpeed, databaseFile, language }, faults };
}

function split(word: string): [flag: string, inline: string | undefined] {
  const at = word.indexOf('=');
  return word.startsWith('--') && at > 0 ? [word.slice(0, at), word.slice(at + 1)] : [word, undefined];
}

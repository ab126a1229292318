/**
 * The local log and crash file (EL-47): one line per event, redacted, two files of bounded size. Nothing leaves the machine.
 */
import { redact } from './redact.ts';

const maxFileBytes = 512 * 1024;
const maxLineLength = 4_000;

/** The file as the log uses it; the real one is in index.ts. */
export interface LogFile {
  /** Zero when there is none. */
  size(): number;
  append(text: string): void;
  /** Makes the present file the older one, replacing that. */
  rotate(): void;
  /** The last `characters` of it. */
  tail(characters: number): string;
}

export interface Log {
  (line: string): void;
  tail(characters: number): string;
}

/** Never throws: a log that cannot be written must not end the app. */
export function createLog(file: LogFile, nowMs: () => number): Log {
  const write = (line: string) => {
    const entry = `${new Date(nowMs()).toISOString()} ${redact(line).replace(/\r?\n/g, '\n  ').slice(0, maxLineLength)}\n`;
    try {
      if (file.size() + entry.length > maxFileBytes) file.rotate();
      file.append(entry);
    } catch (thrown) {
      console.error('log:', thrown instanceof Error ? thrown.message : thrown);
    }
  };
  return Object.assign(write, { tail: (characters: number) => file.tail(characters) });
}

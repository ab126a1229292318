/**
 * What a command of the CLI is. One file each under commands/; main.ts lists them.
 */
import type { Language, Message } from '../core/messages/index.ts';
import type { OptionTable, Values } from './arguments.ts';

export interface CommandIo {
  readonly language: Language;
  print(line: string): void;
  complain(line: string): void;
  /** Writes over the last such line; absent where nobody watches a terminal. */
  readonly progress?: (text: string) => void;
}

export interface Command {
  readonly summary: Message;
  readonly options: OptionTable;
  /** @returns the exit status; a command that keeps running resolves when it is told to stop */
  run(values: Values, io: CommandIo): Promise<number>;
}

/** Resolves at SIGINT or SIGTERM, so that a running command can close what it opened. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    // A child whose parent went away stops too.
    process.once('disconnect', () => resolve());
  });
}

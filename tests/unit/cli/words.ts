/** Every command of the command line, and what it says of words that are wrong, without a process of its own. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseOptions } from '../../../src/cli/arguments.ts';
import type { Command, CommandIo } from '../../../src/cli/command.ts';
import { UsageError } from '../../../src/cli/usage.ts';
import type { Language, Message } from '../../../src/core/messages/index.ts';

const folder = path.join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'commands');

export const commandNames = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));

export async function commandOf(name: string): Promise<Command> {
  const { command } = (await import(path.join(folder, `${name}.ts`))) as { command: Command };
  return command;
}

export interface Listener extends CommandIo {
  readonly complaints: string[];
}

export function listener(language: Language): Listener {
  const complaints: string[] = [];
  return { language, complaints, print: () => {}, complain: (line) => complaints.push(line) };
}

/** The usage error of these words in both languages; anything else that happens is thrown. */
export async function usageErrorOf([name = '', ...words]: readonly string[]): Promise<Message> {
  const command = await commandOf(name);
  try {
    const status = await command.run(parseOptions(command.options, words), listener('en'));
    throw new Error(`${name} ${words.join(' ')} ended with status ${status}`);
  } catch (thrown) {
    if (thrown instanceof UsageError) return thrown.said;
    throw thrown;
  }
}

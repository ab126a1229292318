/**
 * `spillway`: the same engine without a window. Finds the command, prints errors as sentences, sets the exit status.
 *
 * Status: 0 done, 1 it failed, 2 the words were wrong. Each command lives in commands/.
 */
import { SpillwayError } from '../core/errors.ts';
import { fillTemplate, type Language, type Message, messageText } from '../core/messages/index.ts';
import { parseOptions } from './arguments.ts';
import type { Command, CommandIo } from './command.ts';
import { helpText, overallHelpText } from './help.ts';
import { nearestName } from './nearest.ts';
import { UsageError } from './usage.ts';

// Loaded when asked for: starting one command should not pay for the others.
const commands: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  demo: () => import('./commands/demo.ts'),
  emulator: () => import('./commands/emulator.ts'),
  serve: () => import('./commands/serve.ts'),
  link: () => import('./commands/link.ts'),
  import: () => import('./commands/import.ts'),
  record: () => import('./commands/record.ts'),
  calibrate: () => import('./commands/calibrate.ts'),
  replay: () => import('./commands/replay.ts'),
  'replay-stream': () => import('./commands/replay-stream.ts'),
  export: () => import('./commands/export.ts'),
};

function userLanguage(): Language {
  const { SPILLWAY_LANG, LC_ALL, LC_MESSAGES, LANG } = process.env;
  // A name that is set to nothing counts as not set, as in POSIX.
  const locale = SPILLWAY_LANG || LC_ALL || LC_MESSAGES || LANG || '';
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}

async function overallHelp(language: Language): Promise<string> {
  const summaries: Record<string, Message> = {};
  for (const [name, load] of Object.entries(commands)) summaries[name] = (await load()).command.summary;
  return overallHelpText(language, summaries);
}

const unknownCommand = {
  en: 'There is no command "{name}", expected one of those below.',
  ko: '"{name}" 명령은 없습니다. 아래 명령 중에서 고르세요.',
} as const;
const misspeltCommand = {
  en: 'There is no command "{name}". Did you mean "{nearest}"?',
  ko: '"{name}" 명령은 없습니다. 혹시 "{nearest}" 아닌가요?',
} as const;

function noSuchCommand(language: Language, name: string): string {
  const nearest = nearestName(name, Object.keys(commands));
  return nearest === undefined
    ? fillTemplate(unknownCommand[language], { name })
    : fillTemplate(misspeltCommand[language], { name, nearest });
}

async function main(words: readonly string[]): Promise<number> {
  const io: CommandIo = {
    language: userLanguage(),
    print: (line) => process.stdout.write(`${line}\n`),
    complain: (line) => process.stderr.write(`${line}\n`),
    ...(process.stderr.isTTY ? { progress: (text: string) => process.stderr.write(`\r${text}\u001b[K\r`) } : {}),
  };
  const [name, ...rest] = words;
  if (name === undefined || name === 'help' || name === '--help') {
    io.print(await overallHelp(io.language));
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    io.complain(`${noSuchCommand(io.language, name)}\n\n${await overallHelp(io.language)}`);
    return 2;
  }
  const { command } = await load();
  if (rest.includes('--help')) {
    io.print(helpText(io.language, name, command.summary, command.options));
    return 0;
  }
  try {
    return await command.run(parseOptions(command.options, rest), io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.complain(`${error.said[io.language]}\n\n${helpText(io.language, name, command.summary, command.options)}`);
      return 2;
    }
    if (error instanceof SpillwayError) {
      io.complain(messageText(io.language, error));
      // As a shell says of what Ctrl-C ended.
      return error.code === 'CANCELLED' ? 130 : 1;
    }
    throw error;
  }
}

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));
// A child's channel to its parent would keep it alive after its work is done.
if (process.connected) process.disconnect();

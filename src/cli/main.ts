/**
 * `spillway`: the same engine without a window. Finds the command, prints errors as sentences, sets the exit status.
 *
 * Status: 0 done, 1 it failed, 2 the words were wrong. Each command lives in commands/.
 */
import { SpillwayError } from '../core/errors.ts';
import { type Language, messageText } from '../core/messages/index.ts';
import { helpText, parseOptions, UsageError } from './arguments.ts';
import type { Command, CommandIo } from './command.ts';

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
  const locale = process.env.SPILLWAY_LANG ?? process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG ?? '';
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}

async function overallHelp(): Promise<string> {
  const lines = ['spillway COMMAND [options]', ''];
  for (const [name, load] of Object.entries(commands))
    lines.push(`  ${name.padEnd(14)} ${(await load()).command.summary}`);
  lines.push('', 'spillway COMMAND --help lists the options of one.');
  return lines.join('\n');
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
    io.print(await overallHelp());
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    io.complain(`There is no command "${name}".\n\n${await overallHelp()}`);
    return 2;
  }
  const { command } = await load();
  if (rest.includes('--help')) {
    io.print(helpText(name, command.summary, command.options));
    return 0;
  }
  try {
    return await command.run(parseOptions(command.options, rest), io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.complain(`${error.message}\n\n${helpText(name, command.summary, command.options)}`);
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

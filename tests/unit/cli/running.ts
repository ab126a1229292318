/** Commands that keep running, in this process: what they say in a language, their end by Ctrl-C, and a port for them. */
import { createServer } from 'node:net';
import { parseOptions } from '../../../src/cli/arguments.ts';
import type { CommandIo } from '../../../src/cli/command.ts';
import { SpillwayError } from '../../../src/core/errors.ts';
import { type Language, messageText } from '../../../src/core/messages/index.ts';
import { commandOf } from './words.ts';

const ends = ['SIGINT', 'SIGTERM', 'disconnect'] as const;

export interface Running {
  readonly printed: readonly string[];
  readonly complaints: readonly string[];
  /** @returns its exit status */
  stop(): Promise<number>;
}

/** Resolves at the first line that matches; rejects with everything said when the command ends before. */
export async function runUntil(language: Language, words: readonly string[], wanted: RegExp): Promise<Running> {
  const [name = '', ...rest] = words;
  const command = await commandOf(name);
  const heard = Promise.withResolvers<void>();
  const [printed, complaints]: [string[], string[]] = [[], []];
  const hear = (lines: string[]) => (line: string) => {
    lines.push(line);
    if (wanted.test(line)) heard.resolve();
  };
  const io: CommandIo = { language, print: hear(printed), complain: hear(complaints) };
  const before = new Map(ends.map((end) => [end, process.rawListeners(end)]));
  const ended = command.run(parseOptions(command.options, rest), io);
  void ended.then(
    (status) => heard.reject(new Error(`ended with ${status}: ${[...printed, ...complaints].join('\n')}`)),
    (thrown) => heard.reject(thrown),
  );
  await heard.promise;
  return {
    printed,
    complaints,
    async stop() {
      // Only the command hears it, not whoever runs the tests; and it listens to the others until its process ends.
      for (const end of ends) {
        for (const listener of process.rawListeners(end).filter((each) => !before.get(end)!.includes(each))) {
          if (end === 'SIGINT') listener(end);
          else process.off(end, listener as () => void);
        }
      }
      return ended;
    },
  };
}

/** Why a command that should run does not, as main.ts says it. */
export async function refusalOf(language: Language, words: readonly string[]): Promise<string> {
  try {
    const { stop } = await runUntil(language, words, /./);
    await stop();
  } catch (thrown) {
    if (thrown instanceof SpillwayError) return messageText(language, thrown);
    throw thrown;
  }
  throw new Error('it runs');
}

/** A port that was free a moment ago. */
export async function portOfNobody(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

/**
 * The state file of `spillway emulator`: the option, how far it is played back, and what came back from it in words.
 */
import { emulatorLines } from '../../core/messages/emulatorLines.ts';
import { fillTemplate, type Language } from '../../core/messages/index.ts';
import type { EmulatorOptions, PlayBackProgress, Restored } from '../../emulator/index.ts';
import { type OptionTable, textOption, type Values } from '../arguments.ts';
import type { CommandIo } from '../command.ts';
import { invalidOption } from '../usage.ts';

export const stateOptions: OptionTable = {
  state: {
    type: 'string',
    value: 'FILE',
    help: {
      en: 'keep everything there, through restarts and crashes',
      ko: '모든 상태를 그 파일에 저장하여 다시 시작하거나 비정상 종료해도 유지',
    },
  },
};

/** @throws UsageError for a name that is empty */
export function stateOf(values: Values): Pick<EmulatorOptions, 'stateFile'> {
  const stateFile = textOption(values, 'state');
  if (stateFile === undefined) return {};
  if (stateFile === '')
    throw invalidOption('state', '', {
      expected: { en: 'the name of a file', ko: '파일 이름' },
      example: 'state.jsonl',
    });
  return { stateFile };
}

/** Short ones need no words. Where nobody watches a terminal a line is said once in a while. */
const firstWordsMs = 1_000;
const betweenLinesMs = 10_000;
const betweenTextsMs = 250;

/** A line on how far playing back is, once it takes longer than a second. */
export function tellPlayBack(io: CommandIo): (progress: PlayBackProgress) => void {
  const say = io.progress ?? io.complain;
  const betweenMs = io.progress === undefined ? betweenLinesMs : betweenTextsMs;
  let nextMs = firstWordsMs;
  return (progress) => {
    if (progress.elapsedMs < nextMs) return;
    nextMs = progress.elapsedMs + betweenMs;
    say(playBackText(io.language, progress));
  };
}

function playBackText(language: Language, { file, requests, share, elapsedMs }: PlayBackProgress): string {
  return fillTemplate(emulatorLines.playingBack[language], {
    file,
    // Both languages group thousands like this.
    requests: requests.toLocaleString('en-US'),
    percent: Math.floor(share * 100),
    secondsLeft: Math.ceil((elapsedMs / 1_000) * (1 / Math.max(share, 0.001) - 1)),
  });
}

/** Aborts at Ctrl-C, or when it is told to stop, until `done`. */
export function untilInterrupted(): { readonly signal: AbortSignal; done(): void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, stop);
  return {
    signal: controller.signal,
    done() {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}

export function sayRestored(io: CommandIo, restored: Restored | null): void {
  if (restored === null) return;
  const { file, requests, droppedBytes } = restored;
  io.print(fillTemplate(emulatorLines.restored[io.language], { file, requests }));
  if (droppedBytes > 0) io.complain(fillTemplate(emulatorLines.entryDropped[io.language], { droppedBytes }));
}

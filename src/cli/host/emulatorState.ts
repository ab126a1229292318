/**
 * The state file of `spillway emulator`: the option, and what came back from the file in words.
 */
import type { EmulatorOptions, Restored } from '../../emulator/index.ts';
import { type OptionTable, textOption, UsageError, type Values } from '../arguments.ts';
import type { CommandIo } from '../command.ts';

export const stateOptions: OptionTable = {
  state: { type: 'string', value: 'FILE', help: 'keep everything there, through restarts and crashes' },
};

/** @throws UsageError for a name that is empty */
export function stateOf(values: Values): Pick<EmulatorOptions, 'stateFile'> {
  const stateFile = textOption(values, 'state');
  if (stateFile === undefined) return {};
  if (stateFile === '') throw new UsageError('--state is empty, expected the name of a file');
  return { stateFile };
}

export function sayRestored(io: CommandIo, restored: Restored | null): void {
  if (restored === null) return;
  const { file, requests, droppedBytes } = restored;
  io.print(`State is kept in ${file}; requests played back from it: ${requests}`);
  if (droppedBytes > 0)
    io.complain(`Its last entry was cut off in writing and is dropped (${droppedBytes} bytes): it was never answered.`);
}

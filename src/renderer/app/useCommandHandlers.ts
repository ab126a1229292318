/** Gives commands their meaning while a component is on screen. */
import { useEffect, useRef } from 'react';
import { useCommands } from '../data/context.ts';
import type { CommandHandlers, CommandId } from './commands.ts';

/** Which ids are given may not change between renders; what they do may. */
export function useCommandHandlers(handlers: CommandHandlers): void {
  const commands = useCommands();
  const latest = useRef(handlers);
  latest.current = handlers;
  const ids = Object.keys(handlers).join(' ');
  useEffect(() => {
    const stable = Object.fromEntries(
      ids
        .split(' ')
        .filter(Boolean)
        .map((id) => [id, () => latest.current[id as CommandId]?.()]),
    );
    return commands.provide(stable as CommandHandlers);
  }, [commands, ids]);
}

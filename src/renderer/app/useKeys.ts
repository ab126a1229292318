/** Listens to the keyboard for the whole page and runs the command a press means. */
import { useEffect } from 'react';
import { useCommands } from '../data/context.ts';
import { keyBindings } from './commands.ts';
import { createKeyMatcher } from './keys.ts';

const textInputs = new Set(['text', 'search', 'url', 'password', 'email', 'number', 'date', 'time', '']);

export function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) return textInputs.has(target.type);
  return target instanceof HTMLElement && target.isContentEditable;
}

/** 229 is what browsers report for a key that an input method has taken. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

export function useKeys(): void {
  const commands = useCommands();
  useEffect(() => {
    const match = createKeyMatcher(keyBindings);
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      // In a dialog only its own keys and those with Mod count.
      const inDialog = event.target instanceof Element && event.target.closest('[role="dialog"]') !== null;
      const id = match({
        code: event.code,
        mod: event.metaKey || event.ctrlKey,
        shift: event.shiftKey,
        alt: event.altKey,
        composing: isComposing(event),
        inTextField: inDialog || isTextField(event.target),
        atMs: event.timeStamp,
      });
      if (id !== null && commands.run(id)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commands]);
}

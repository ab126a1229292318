/**
 * How components reach the model, the words and the formats: three hooks over one context each.
 */
import { createContext, useContext } from 'react';
import type { Commands } from '../app/commands.ts';
import type { Translate } from '../i18n/index.ts';
import type { Format } from '../time/format.ts';
import type { Model } from './model.ts';

export interface Words {
  readonly t: Translate;
  readonly f: Format;
}

export const ModelContext = createContext<Model | null>(null);
export const WordsContext = createContext<Words | null>(null);
export const CommandsContext = createContext<Commands | null>(null);

function present<T>(value: T | null): T {
  if (value === null) throw new Error('rendered outside <App>');
  return value;
}

export const useModel = (): Model => present(useContext(ModelContext));
export const useWords = (): Words => present(useContext(WordsContext));
export const useCommands = (): Commands => present(useContext(CommandsContext));

/**
 * The report's words: one table per language, filled like every other sentence of Spillway.
 */
import { fillTemplate, type Language } from '../../core/messages/index.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

export type WordKey = keyof typeof en;
type Params = Readonly<Record<string, string | number>>;
/** Keys that come as `.one` and `.other`. */
export type PluralKey = { [Key in WordKey]: Key extends `${infer Stem}.one` ? Stem : never }[WordKey];

export const words: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { en, ko };

export interface Speaker {
  readonly language: Language;
  say(key: WordKey, params?: Params): string;
  /** Chooses by `count`, which also fills `{count}`. */
  count(key: PluralKey, count: number, params?: Params): string;
}

export function speaker(language: Language): Speaker {
  const table = words[language];
  const say = (key: WordKey, params: Params = {}): string => fillTemplate(table[key], params);
  return {
    language,
    say,
    count: (key, count, params = {}) => say(`${key}.${count === 1 ? 'one' : 'other'}` as WordKey, { ...params, count }),
  };
}

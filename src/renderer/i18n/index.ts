/**
 * The screens' words: a key, filled with what belongs in it, in the language chosen (UX-80).
 *
 * Sentences about errors are core/messages. Placeholders are `{name}`; Korean may ask for a particle, `{name|은/는}`.
 */
import { fillTemplate, type Language } from '../../core/messages/index.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

export type TextKey = keyof typeof en;
export type Texts = Readonly<Record<TextKey, string>>;
export type Translate = (key: TextKey, params?: Readonly<Record<string, string | number>>) => string;

export const texts: Readonly<Record<Language, Texts>> = { en, ko };

export function translator(language: Language): Translate {
  const words = texts[language];
  return (key, params) => (params === undefined ? words[key] : fillTemplate(words[key], params));
}

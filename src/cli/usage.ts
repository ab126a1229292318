/**
 * Mistakes in the words typed, in both languages: what was wrong, what was expected, how it is written.
 *
 * Who finds a mistake need not know the user's language; main.ts picks it. The sentences are the catalogue's where it has them
 * (core/messages/input.ts); what an option expects stands beside the option. Faults inside files are no usage errors.
 */
import { fillTemplate, type Language, type Message, messageText } from '../core/messages/index.ts';
import { phrases, phraseText } from '../core/messages/terms.ts';

/** Words in both languages, or what is the same in both: a name, a form such as `NAME=URL`, a list of phrases. */
export type Said = Message | string;

/** Shown with the command's help, exit status 2. */
export class UsageError extends Error {
  readonly said: Message;

  constructor(said: Message) {
    super(said.en);
    this.name = 'UsageError';
    this.said = said;
  }
}

/** What an option must be, and a value of it that is right. */
export interface Expected {
  readonly expected: Said;
  readonly example: string;
}

/** The value as a whole is wrong. */
export function invalidOption(option: string, found: string, { expected, example }: Expected): UsageError {
  return usageError((language) =>
    messageText(language, {
      code: 'OPTION_INVALID',
      params: { option, found, expected: inLanguage(language, expected), example },
    }),
  );
}

/** The command cannot do without it. */
export function missingOption(option: string, { expected, example }: Expected): UsageError {
  return usageError((language) =>
    messageText(language, {
      code: 'OPTION_MISSING',
      params: { option, expected: inLanguage(language, expected), example },
    }),
  );
}

/** One part of a list is wrong. */
export function invalidPart(option: string, part: string, { expected, example }: Expected): UsageError {
  return filled(sentences.invalidPart, { option, part, expected, example });
}

/** A list that names one thing twice. */
export function repeatedPart(option: string, name: string): UsageError {
  return filled(sentences.repeatedPart, { option, name });
}

/** Two options that belong together, of which one was given. */
export function halfOfPair(given: string, lacking: string, value: string): UsageError {
  return filled(sentences.halfOfPair, { given, lacking, value });
}

/** A template of each language with the same `{names}`; in Korean `{name|은/는}` appends the particle. */
export function filled(template: Message, params: Readonly<Record<string, Said>>): UsageError {
  return usageError((language) => {
    const words = Object.entries(params).map(([name, said]) => [name, inLanguage(language, said)]);
    return fillTemplate(template[language], Object.fromEntries(words) as Record<string, string>);
  });
}

export const inLanguage = (language: Language, said: Said): string =>
  typeof said === 'string' ? phraseText(language, said) : said[language];

/** "a whole number from 1 to 5", as the limits of a number are told everywhere. */
export function expectedNumber({ min, max, whole = false }: Limits): Said {
  return phrases([{ term: whole ? 'expects-whole-number' : 'expects-number', params: { min, max } }]);
}

export interface Limits {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

/** "one of a, b, c" */
export const oneOf = (names: readonly string[]): Message => ({
  en: `one of ${names.join(', ')}`,
  ko: `${names.join(', ')} 중 하나`,
});

const usageError = (words: (language: Language) => string): UsageError =>
  new UsageError({ en: words('en'), ko: words('ko') });

const sentences = {
  invalidPart: {
    en: '--{option} has "{part}", expected {expected}. Write it like this: --{option} {example}',
    ko: '--{option} 값 중 "{part}" 부분이 잘못되었습니다. 필요한 값: {expected}. 이렇게 쓰세요: --{option} {example}',
  },
  repeatedPart: {
    en: '--{option} has {name} twice, expected it once. Leave one of them out.',
    ko: '--{option} 값에 {name|이/가} 두 번 있습니다. 하나만 남기세요.',
  },
  halfOfPair: {
    en: '--{given} and --{lacking} belong together; one is missing. Add it like this: --{lacking} {value}',
    ko: '--{given|과/와} --{lacking|은/는} 함께 써야 하는데 하나가 없습니다. 이렇게 추가하세요: --{lacking} {value}',
  },
} as const satisfies Record<string, Message>;

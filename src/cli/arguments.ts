/**
 * Command-line words: which options, with which values, and what is wrong with them, in one place.
 *
 * The sentences of mistakes are in usage.ts, the help is written in help.ts.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Message } from '../core/messages/index.ts';
import { nearestName } from './nearest.ts';
import { expectedNumber, filled, invalidOption, type Limits, type UsageError } from './usage.ts';

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly default?: string | boolean;
  /** How the value is shown in help, e.g. `FILE`. */
  readonly value?: string;
  readonly help: Message;
}

export type OptionTable = Readonly<Record<string, Option>>;
export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** @throws UsageError for an unknown option, a missing value, a value too many or a word that belongs to no option */
export function parseOptions(table: OptionTable, words: readonly string[]): Values {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, option] of Object.entries(table)) options[name] = { type: option.type };
  // Not strict: Node's own complaints are English only.
  const { values, tokens } = parseArgs({
    args: [...words],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') throw strayWord(table, token.value);
    if (token.kind === 'option') checkOption(table, token);
  }
  const filledIn: Record<string, string | boolean | undefined> = {};
  for (const [name, option] of Object.entries(table))
    filledIn[name] = (values[name] as string | boolean | undefined) ?? option.default;
  return filledIn;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function checkOption(table: OptionTable, { name, rawName, value, inlineValue }: OptionToken): void {
  const option = Object.hasOwn(table, name) ? table[name] : undefined;
  if (option === undefined || !rawName.startsWith('--')) throw unknownOption(table, name, rawName);
  if (option.type === 'boolean') {
    if (value !== undefined) throw filled(sentences.valueTooMany, { option: name, found: value });
    return;
  }
  const wanted = option.value ?? 'VALUE';
  if (value === undefined) throw filled(sentences.valueMissing, { option: name, value: wanted });
  // What looks like the next option is one more often than it is a value.
  if (!inlineValue && /^-./.test(value))
    throw filled(sentences.optionAsValue, { option: name, value: wanted, found: value });
}

function unknownOption(table: OptionTable, name: string, rawName: string): UsageError {
  const nearest = nearestName(name, Object.keys(table));
  return nearest === undefined
    ? filled(sentences.unknownOption, { typed: rawName })
    : filled(sentences.misspeltOption, { typed: rawName, nearest });
}

/** `port 80` is an option without its dashes. */
function strayWord(table: OptionTable, word: string): UsageError {
  return Object.hasOwn(table, word) ? filled(sentences.dashesMissing, { word }) : filled(sentences.strayWord, { word });
}

/** @throws UsageError when the text is not a number inside the limits */
export function numberOption(values: Values, name: string, limits: Limits & { readonly example: string }): number {
  const value = Number(values[name]);
  const fits =
    String(values[name]).trim() !== '' &&
    value >= limits.min &&
    value <= limits.max &&
    (!limits.whole || Number.isInteger(value));
  if (fits) return value;
  throw invalidOption(name, String(values[name]), { expected: expectedNumber(limits), example: limits.example });
}

export function textOption(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

const sentences = {
  unknownOption: {
    en: 'There is no option {typed} here, expected some of the options below.',
    ko: '{typed} 옵션은 여기에 없습니다. 아래 옵션 중에서 고르세요.',
  },
  misspeltOption: {
    en: 'There is no option {typed} here. Did you mean --{nearest}?',
    ko: '{typed} 옵션은 여기에 없습니다. 혹시 --{nearest} 아닌가요?',
  },
  valueMissing: {
    en: '--{option} has no value, expected {value} after it. Write it like this: --{option} {value}',
    ko: '--{option} 뒤에 값이 없습니다. 이렇게 쓰세요: --{option} {value}',
  },
  optionAsValue: {
    en: '--{option} is followed by "{found}", expected {value}. For a value that begins with a dash write --{option}={found}',
    ko: '--{option} 뒤에 값({value}) 대신 다른 옵션처럼 보이는 "{found}" 글자가 있습니다. -로 시작하는 값은 이렇게 쓰세요: --{option}={found}',
  },
  valueTooMany: {
    en: '--{option} has the value "{found}", expected none: it is either there or not. Write it like this: --{option}',
    ko: '--{option|은/는} 값을 받지 않는데 "{found}" 값이 있습니다. 값 없이 이렇게 쓰세요: --{option}',
  },
  dashesMissing: {
    en: '"{word}" stands there without its dashes, expected an option. Write it like this: --{word}',
    ko: '"{word}" 앞에 --가 없습니다. 이렇게 쓰세요: --{word}',
  },
  strayWord: {
    en: '"{word}" belongs to no option, expected options only. Put the option before it, or quote a value that has blanks.',
    ko: '"{word}" 앞에 옵션이 없습니다. 옵션을 앞에 쓰고, 공백이 든 값은 따옴표로 묶으세요.',
  },
} as const satisfies Record<string, Message>;

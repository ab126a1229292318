import { describe, expect, it } from 'vitest';
import { numberOption, type OptionTable, parseOptions } from '../../../src/cli/arguments.ts';
import { UsageError } from '../../../src/cli/usage.ts';

const help = { en: 'a', ko: '가' };
const table: OptionTable = {
  port: { type: 'string', value: 'N', help },
  shift: { type: 'string', value: 'SECONDS', default: '0', help },
  tls: { type: 'boolean', default: false, help },
};

function mistakeIn(read: () => unknown): UsageError['said'] {
  try {
    read();
  } catch (thrown) {
    if (thrown instanceof UsageError) return thrown.said;
    throw thrown;
  }
  throw new Error('no mistake was found');
}

describe('options are read', () => {
  it.each([
    { words: [], values: { port: undefined, shift: '0', tls: false } },
    { words: ['--port', '80', '--tls'], values: { port: '80', shift: '0', tls: true } },
    { words: ['--port=80', '--port=81'], values: { port: '81', shift: '0', tls: false } },
    { words: ['--shift=-60'], values: { port: undefined, shift: '-60', tls: false } },
    { words: ['--port='], values: { port: '', shift: '0', tls: false } },
    { words: ['--port', '-'], values: { port: '-', shift: '0', tls: false } },
    { words: ['--port', ''], values: { port: '', shift: '0', tls: false } },
  ])('$words', ({ words, values }) => {
    expect(parseOptions(table, words)).toEqual(values);
  });
});

describe('a mistake is told in both languages', () => {
  it.each([
    {
      words: ['--colour'],
      en: 'There is no option --colour here, expected some of the options below.',
      ko: '--colour 옵션은 여기에 없습니다. 아래 옵션 중에서 고르세요.',
    },
    {
      words: ['--prot', '80'],
      en: 'There is no option --prot here. Did you mean --port?',
      ko: '--prot 옵션은 여기에 없습니다. 혹시 --port 아닌가요?',
    },
    {
      words: ['-p', '80'],
      en: 'There is no option -p here, expected some of the options below.',
      ko: '-p 옵션은 여기에 없습니다. 아래 옵션 중에서 고르세요.',
    },
    {
      words: ['--no-tls'],
      en: 'There is no option --no-tls here, expected some of the options below.',
      ko: '--no-tls 옵션은 여기에 없습니다. 아래 옵션 중에서 고르세요.',
    },
    {
      words: ['--constructor'],
      en: 'There is no option --constructor here, expected some of the options below.',
      ko: '--constructor 옵션은 여기에 없습니다. 아래 옵션 중에서 고르세요.',
    },
    {
      words: ['--port'],
      en: '--port has no value, expected N after it. Write it like this: --port N',
      ko: '--port 뒤에 값이 없습니다. 이렇게 쓰세요: --port N',
    },
    {
      words: ['--shift', '-60'],
      en: '--shift is followed by "-60", expected SECONDS. For a value that begins with a dash write --shift=-60',
      ko: '--shift 뒤에 값(SECONDS) 대신 다른 옵션처럼 보이는 "-60" 글자가 있습니다. -로 시작하는 값은 이렇게 쓰세요: --shift=-60',
    },
    {
      words: ['--tls=yes'],
      en: '--tls has the value "yes", expected none: it is either there or not. Write it like this: --tls',
      ko: '--tls는 값을 받지 않는데 "yes" 값이 있습니다. 값 없이 이렇게 쓰세요: --tls',
    },
    {
      words: ['port', '80'],
      en: '"port" stands there without its dashes, expected an option. Write it like this: --port',
      ko: '"port" 앞에 --가 없습니다. 이렇게 쓰세요: --port',
    },
    {
      words: ['--tls', 'yes'],
      en: '"yes" belongs to no option, expected options only. Put the option before it, or quote a value that has blanks.',
      ko: '"yes" 앞에 옵션이 없습니다. 옵션을 앞에 쓰고, 공백이 든 값은 따옴표로 묶으세요.',
    },
    {
      words: ['--', '--tls'],
      en: '"--tls" belongs to no option, expected options only. Put the option before it, or quote a value that has blanks.',
      ko: '"--tls" 앞에 옵션이 없습니다. 옵션을 앞에 쓰고, 공백이 든 값은 따옴표로 묶으세요.',
    },
  ])('$words', ({ words, en, ko }) => {
    expect(mistakeIn(() => parseOptions(table, words))).toEqual({ en, ko });
  });

  it.each([
    { text: '0', whole: true, found: '0' },
    { text: ' ', whole: true, found: ' ' },
    { text: '1.5', whole: true, found: '1.5' },
    { text: 'many', whole: false, found: 'many' },
    { text: undefined, whole: false, found: 'undefined' },
  ])('a number that is "$text"', ({ text, whole, found }) => {
    const limits = { min: 1, max: 5, whole, example: '3' };
    expect(mistakeIn(() => numberOption({ port: text }, 'port', limits))).toEqual({
      en: `--port is "${found}", expected a ${whole ? 'whole number' : 'number'} from 1 to 5. Write it like this: --port 3`,
      ko: `--port 값이 "${found}"입니다. 필요한 값: 1~5의 ${whole ? '정수' : '숫자'}. 이렇게 쓰세요: --port 3`,
    });
  });
});

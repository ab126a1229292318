import { describe, expect, it } from 'vitest';
import type { OptionTable } from '../../../src/cli/arguments.ts';
import { helpText, overallHelpText } from '../../../src/cli/help.ts';
import { commandNames, commandOf } from './words.ts';

const hangul = /[가-힣]/;

describe('every command is explained in both languages', () => {
  it.each(commandNames)('%s', async (name) => {
    const { summary, options } = await commandOf(name);
    for (const { en, ko } of [summary, ...Object.values(options).map(({ help }) => help)]) {
      expect(en).not.toMatch(hangul);
      expect(ko).toMatch(hangul);
    }
    const english = helpText('en', name, summary, options).split('\n');
    const korean = helpText('ko', name, summary, options).split('\n');
    // Names, and the words for values, are the same in both: only what stands after them is told in a language.
    const typed = (line: string): string | undefined => /^ {2}--\S+( \S+)? /.exec(line)?.[0];
    expect(korean.map(typed)).toEqual(english.map(typed));
    expect(korean.filter((line) => line !== '' && !hangul.test(line))).toEqual([]);
  });
});

describe('what --help prints', () => {
  const table: OptionTable = {
    port: { type: 'string', value: 'N', default: '80', help: { en: 'port', ko: '포트' } },
    tls: { type: 'boolean', default: false, help: { en: 'answer https', ko: 'https에 응답' } },
  };
  const summary = { en: 'a server', ko: '서버' };

  it('of one command, with what holds when an option is left out', () => {
    expect(helpText('en', 'serve', summary, table).split('\n')).toEqual([
      'spillway serve: a server',
      '',
      '  --port N                   port (default 80)',
      '  --tls                      answer https',
    ]);
    expect(helpText('ko', 'serve', summary, table).split('\n')).toEqual([
      'spillway serve: 서버',
      '',
      '  --port N                   포트(기본값: 80)',
      '  --tls                      https에 응답',
    ]);
  });

  it('of all commands', () => {
    expect(overallHelpText('ko', { serve: summary }).split('\n')).toEqual([
      'spillway COMMAND [options]',
      '',
      '  serve          서버',
      '',
      '명령 하나의 옵션은 spillway COMMAND --help로 볼 수 있습니다.',
    ]);
    expect(overallHelpText('en', { serve: summary })).toContain('spillway COMMAND --help lists the options of one.');
  });
});

/**
 * What `--help` prints, in the user's language: of one command, and of all.
 */
import type { Language, Message } from '../core/messages/index.ts';
import type { OptionTable } from './arguments.ts';

export function helpText(language: Language, command: string, summary: Message, table: OptionTable): string {
  const rows = Object.entries(table).map(([name, option]) => {
    const left = `  --${name}${option.value === undefined ? '' : ` ${option.value}`}`;
    const tail = !option.default ? '' : defaultText[language](option.default);
    return `${left.padEnd(28)} ${option.help[language]}${tail}`;
  });
  return [`spillway ${command}: ${summary[language]}`, '', ...rows].join('\n');
}

export function overallHelpText(language: Language, summaries: Readonly<Record<string, Message>>): string {
  const rows = Object.entries(summaries).map(([name, summary]) => `  ${name.padEnd(14)} ${summary[language]}`);
  return ['spillway COMMAND [options]', '', ...rows, '', furtherText[language]].join('\n');
}

const defaultText = {
  en: (value: string | true) => ` (default ${value})`,
  ko: (value: string | true) => `(기본값: ${value})`,
} as const;

const furtherText = {
  en: 'spillway COMMAND --help lists the options of one.',
  ko: '명령 하나의 옵션은 spillway COMMAND --help로 볼 수 있습니다.',
} as const;

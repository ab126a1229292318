/**
 * Command-line words: which command, which options, and what is wrong with them, in one place.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly default?: string | boolean;
  /** How the value is shown in help, e.g. `FILE`. */
  readonly value?: string;
  readonly help: string;
}

export type OptionTable = Readonly<Record<string, Option>>;
export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** A mistake in the words typed; shown with the command's help, exit status 2. */
export class UsageError extends Error {}

/** @throws UsageError for an unknown option, a missing value or an argument too many */
export function parseOptions(table: OptionTable, words: readonly string[]): Values {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, option] of Object.entries(table)) options[name] = { type: option.type };
  try {
    const { values } = parseArgs({ args: [...words], options, strict: true, allowPositionals: false });
    const filled: Record<string, string | boolean | undefined> = {};
    for (const [name, option] of Object.entries(table))
      filled[name] = (values[name] as string | boolean | undefined) ?? option.default;
    return filled;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws UsageError when the text is not a number inside the limits */
export function numberOption(
  values: Values,
  name: string,
  limits: { min: number; max: number; whole?: boolean },
): number {
  const value = Number(values[name]);
  const fits =
    String(values[name]).trim() !== '' &&
    value >= limits.min &&
    value <= limits.max &&
    (!limits.whole || Number.isInteger(value));
  if (fits) return value;
  throw new UsageError(
    `--${name} is "${values[name]}", expected ${limits.whole ? 'a whole number' : 'a number'} from ${limits.min} to ${limits.max}`,
  );
}

export function textOption(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

export function helpText(command: string, summary: string, table: OptionTable): string {
  const rows = Object.entries(table).map(([name, option]) => {
    const left = `  --${name}${option.value === undefined ? '' : ` ${option.value}`}`;
    const tail = option.default === undefined || option.default === false ? '' : ` (default ${option.default})`;
    return `${left.padEnd(28)} ${option.help}${tail}`;
  });
  return [`spillway ${command}: ${summary}`, '', ...rows].join('\n');
}

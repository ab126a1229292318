/** Text for a POSIX shell: quoting, variables, commands of one option a line. */

/** Single quotes hold anything but themselves. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A variable that has to be set from outside; the shell says so when it is not. */
export const open = (variable: string, what: string): string => `${variable}=\${${variable}:?${what}}`;

export const json = (value: unknown): string => quoted(JSON.stringify(value));

/** JSON in which the shell puts the variables: all of it in single quotes but for those. */
export function expanded(value: unknown): string {
  return json(value).replaceAll(/"\$(QUEUE|GROUP|CLUSTER|SERVICE)"/g, (_, variable: string) => `"'"$${variable}"'"`);
}

/** What the AWS CLI would load instead of taking it as it is. */
const LOADED = /^(?:fileb?|https?):\/\//i;

/**
 * An option with text that somebody chose. With `=`, so that a leading dash is no option; text the AWS CLI would take for the
 * address of a file goes in as JSON, whose values it takes as they are. At most one option of a command may be such a text.
 *
 * @param option in the CLI's spelling, `policy-name`
 */
export function named(option: string, text: string): string {
  if (!LOADED.test(text)) return `--${option}${text.startsWith('-') ? '=' : ' '}${quoted(text)}`;
  const field = option.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `--cli-input-json ${json({ [field]: text })}`;
}

/** One option a line. */
export function command(name: string, options: readonly string[]): string {
  return [name, ...options.map((option) => `  ${option}`)].join(' \\\n');
}

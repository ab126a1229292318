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

/** One option a line. */
export function command(name: string, options: readonly string[]): string {
  return [name, ...options.map((option) => `  ${option}`)].join(' \\\n');
}

/**
 * What the contract expected of a value, written so that it needs no translation: `integer`, `>= 60`, `missing | ignore`.
 */

/** What the sentences need of the many kinds of issues. */
export interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: string;
  readonly origin?: string;
  readonly inclusive?: boolean;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly values?: readonly unknown[];
  readonly divisor?: number;
  readonly keys?: readonly string[];
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'integer',
  boolean: 'true | false',
  array: '[ … ]',
  object: '{ name: value, … }',
};

export function expectationOf(issue: Issue): string {
  const counted = issue.origin === 'string' || issue.origin === 'array' ? 'length ' : '';
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[String(issue.expected)] ?? String(issue.expected);
    case 'too_small':
      return `${counted}${issue.inclusive === false ? '>' : '>='} ${String(issue.minimum)}`;
    case 'too_big':
      return `${counted}${issue.inclusive === false ? '<' : '<='} ${String(issue.maximum)}`;
    case 'invalid_value':
      return (issue.values ?? []).join(' | ');
    case 'not_multiple_of':
      return `multiple of ${String(issue.divisor)}`;
    default:
      return issue.message;
  }
}

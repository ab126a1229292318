/**
 * Reads untrusted JSON values one by one, and knows where it is: every refusal names the field, what was found there
 * and what was expected (SEC-18).
 *
 * Only named members are ever read, so a `__proto__` in the file goes nowhere.
 */
import { SpillwayError } from '../../core/errors.ts';

export class Reader {
  private readonly value: unknown;
  private readonly path: string;
  readonly file: string;

  constructor(value: unknown, path: string, file: string) {
    this.value = value;
    this.path = path;
    this.file = file;
  }

  /** Throws TIMELINE_FIELD_INVALID for this place. */
  refuse(expected: string, found: unknown = this.value, path: string = this.path): never {
    throw new SpillwayError('TIMELINE_FIELD_INVALID', {
      file: this.file,
      field: path === '' ? '(root)' : path,
      found: describe(found),
      expected,
    });
  }

  member(name: string): Reader {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.refuse('an object');
    const found = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    return new Reader(found, this.path === '' ? name : `${this.path}.${name}`, this.file);
  }

  list<T>(read: (item: Reader) => T, limit: number): T[] {
    if (!Array.isArray(this.value)) this.refuse('a list');
    if (this.value.length > limit) this.refuse(`a list of at most ${limit}`, `${this.value.length} items`);
    return this.value.map((item, index) => read(new Reader(item, `${this.path}[${index}]`, this.file)));
  }

  text(limit = 100_000): string {
    if (typeof this.value !== 'string') this.refuse('a text');
    if (this.value.length > limit) this.refuse(`a text of at most ${limit} characters`, `${this.value.length}`);
    return this.value;
  }

  textOrNull(limit?: number): string | null {
    return this.value === null ? null : this.text(limit);
  }

  number(): number {
    if (this.value === 'Infinity') return Number.POSITIVE_INFINITY;
    if (this.value === '-Infinity') return Number.NEGATIVE_INFINITY;
    if (typeof this.value !== 'number') this.refuse('a number');
    return this.value;
  }

  numberOrNull(): number | null {
    return this.value === null ? null : this.number();
  }

  count(): number {
    const value = this.number();
    if (!Number.isSafeInteger(value) || value < 0) this.refuse('a whole number from 0');
    return value;
  }

  countOrNull(): number | null {
    return this.value === null ? null : this.count();
  }

  /** Epoch milliseconds. */
  instant(): number {
    const value = this.count();
    if (value > 8.64e15) this.refuse('epoch milliseconds');
    return value;
  }

  instantOrNull(): number | null {
    return this.value === null ? null : this.instant();
  }

  oneOf<const T extends string>(choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.value);
    return found ?? this.refuse(choices.map((choice) => `"${choice}"`).join(' | '));
  }

  column(): Float64Array {
    if (!Array.isArray(this.value)) this.refuse('a list of numbers');
    return Float64Array.from(this.value, (item: unknown, index) =>
      item === null ? Number.NaN : new Reader(item, `${this.path}[${index}]`, this.file).number(),
    );
  }

  nullOr<T>(read: (value: Reader) => T): T | null {
    return this.value === null ? null : read(this);
  }

  /**
   * A shape of the contract, with its columns turned back into arrays of numbers first.
   *
   * @param columns dotted paths of the columns; `*` stands for every item of a list
   */
  shaped<T>(schema: Schema<T>, columns: readonly string[] = []): T {
    const copy = columns.length === 0 ? this.value : structuredCopy(this.value);
    for (const path of columns) this.reviveColumn(copy, path.split('.'), this.path);
    const result = schema.safeParse(copy);
    if (result.success) return result.data as T;
    const issue = result.error?.issues[0];
    if (issue === undefined) return this.refuse('a valid value');
    const where = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
    let found: unknown = copy;
    for (const key of issue.path) found = (found as Record<PropertyKey, unknown> | undefined)?.[key];
    return this.refuse(
      issue.code === 'invalid_type' ? String(issue.expected) : issue.message,
      found,
      this.path + where,
    );
  }

  private reviveColumn(holder: unknown, path: readonly string[], at: string): void {
    const [name, ...rest] = path;
    if (name === undefined || typeof holder !== 'object' || holder === null) return;
    if (name === '*') {
      if (!Array.isArray(holder)) return;
      holder.forEach((item, index) => {
        this.reviveColumn(item, rest, `${at}[${index}]`);
      });
      return;
    }
    if (!Object.hasOwn(holder, name)) return;
    const members = holder as Record<string, unknown>;
    const place = `${at}.${name}`;
    if (rest.length > 0) this.reviveColumn(members[name], rest, place);
    else members[name] = new Reader(members[name], place, this.file).column();
  }
}

/** What of a zod schema is used; zod itself stays in core/contract. */
interface Schema<T> {
  safeParse(value: unknown): {
    readonly success: boolean;
    readonly data?: T;
    readonly error?: {
      readonly issues: readonly {
        readonly code: string;
        readonly path: readonly PropertyKey[];
        readonly message: string;
        readonly expected?: unknown;
      }[];
    };
  };
}

/** A copy of a JSON value without inherited or dangerous keys, as deep as the value is. */
function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (key !== '__proto__') copy[key] = structuredCopy(member);
  }
  return copy;
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  const text =
    typeof value === 'string' ? JSON.stringify(value) : Array.isArray(value) ? 'a list' : String(JSON.stringify(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

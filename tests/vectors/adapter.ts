/**
 * What an adapter is: the translation of one kind of worked example into calls of `src/core`.
 *
 * An adapter declares the whole input of its kind (a strict shape: an input field it does not know is a failure, never
 * overlooked) and answers with what core computed. It does not compare: run.ts does, once for all kinds, by these rules:
 *
 * | expected field        | outcome field        | holds when                                                         |
 * |-----------------------|----------------------|--------------------------------------------------------------------|
 * | `x`                   | `x`                  | equal; numbers within 1e-9 of their size, or within `tolerance`    |
 * | `x`                   | `x: anyOf([...])`    | equal to one of them (a validation says every fault)               |
 * | `xNot`                | `x`                  | different                                                          |
 * | `xContains`           | `x` or `x: anyOf()`  | the text contains it                                               |
 * | `xAbout`              | `x`                  | within 5 %                                                         |
 * | `xMax`                | `x`                  | no larger (only where the outcome has no field named `xMax`)       |
 * | `tolerance`           | none                 | the absolute tolerance of the vector's numbers                     |
 *
 * Nested objects: every expected field must hold, further ones in the outcome are free. Lists: same length, same order.
 * An expected field the outcome does not answer is a failure. An adapter may throw; that fails its vector with the message.
 */
import type { z } from 'zod';

/** One worked example as its file has it; `input` and `expected` are for the adapter's shape and the comparison. */
export interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly rules: readonly string[];
  readonly input: unknown;
  readonly expected: Expected;
}

/** Never empty: a vector that expects nothing is a failure. */
export type Expected = Readonly<Record<string, unknown>>;

/** Everything core has to say about one input, in the words of the vectors' `expected`. `undefined` = not answered. */
export type Outcome = Readonly<Record<string, unknown>>;

/** Throws UnfitInput when the input does not have the kind's shape. */
export type Adapter = (vector: Vector) => Outcome;

/** The adapters of one area, by kind. */
export type Adapters = Readonly<Record<string, Adapter>>;

/** The vector's input has a field, or a value, the kind does not know. */
export class UnfitInput extends Error {}

/**
 * An adapter from the strict shape of its input and the calls that answer it. Use `z.strictObject` at every level.
 *
 * @param run second argument: what is expected, only to choose WHICH values to report (say, the states of which minutes)
 */
export function adapter<Shape extends z.ZodType>(
  shape: Shape,
  run: (input: z.infer<Shape>, expected: Expected) => Outcome,
): Adapter {
  return ({ input, expected }) => {
    const parsed = shape.safeParse(input);
    if (!parsed.success) {
      const faults = parsed.error.issues.map(({ path, message }) => `${['input', ...path].join('.')}: ${message}`);
      throw new UnfitInput(faults.join('; '));
    }
    return run(parsed.data, expected);
  };
}

const choices = Symbol('any of these');

/** Several answers at once, of which the vector names one: every fault of a validation, say. */
export interface AnyOf {
  readonly [choices]: readonly unknown[];
}

export const anyOf = (values: readonly unknown[]): AnyOf => ({ [choices]: values });

/** The values an outcome field offers: those of `anyOf`, else itself. */
export const offered = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null && choices in value ? (value as AnyOf)[choices] : [value];

/**
 * The words of CloudWatch metric math. Rules: docs/rules/metric-math.md (MATH-nn).
 */
import type { PolicyFault } from '../scaling/types.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '^';
export type ComparisonSign = '==' | '!=' | '<=' | '>=' | '<' | '>';
export type LogicalOperator = 'AND' | 'OR';
export type MathOperator = ArithmeticOperator | ComparisonSign | LogicalOperator;

/** A parsed expression; `&&` and `||` are AND and OR. */
export type MathExpression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly text: string }
  /** A capitalised word that is no function: REPEAT, LINEAR. */
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'negate'; readonly of: MathExpression }
  | {
      readonly kind: 'operation';
      readonly operator: MathOperator;
      readonly left: MathExpression;
      readonly right: MathExpression;
    }
  | { readonly kind: 'list'; readonly items: readonly MathExpression[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly MathExpression[] };

/** S, TS and TS[] of the service's own tables; `text` and `word` only ever stand as arguments. */
export type MathType = 'scalar' | 'series' | 'array' | 'text' | 'word';

/** Series are aligned by index, NaN = missing. */
export type MathValue =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'series'; readonly values: Float64Array }
  | { readonly kind: 'array'; readonly series: readonly Float64Array[] };

/** What an expression is worked out on. */
export interface MathInput {
  /** By id, metrics and results of other expressions alike: all of one length, oldest first, NaN = missing. */
  readonly series: ReadonlyMap<string, ArrayLike<number>>;
  /** Periods in seconds of those ids that are metrics; METRICS() returns exactly these. */
  readonly metricPeriodsSeconds: ReadonlyMap<string, number>;
  /** When each point begins: seconds, ascending, as long as the series. RATE and DIFF_TIME divide by its steps. */
  readonly timesSeconds: ArrayLike<number>;
}

/** What evaluations of one set of series may share: all of one `MathInput`. */
export interface MathWork {
  /** Called before so many values are worked out; what it throws ends the evaluation. */
  spend(values: number): void;
  /** What calls gave, by the call as JSON. */
  readonly known: Map<string, MathValue>;
}

export interface MathResult {
  readonly values: Float64Array;
  /** Rules that shaped a value, e.g. ['MATH-01', 'MATH-02']; empty when plain arithmetic was enough. */
  readonly rules: readonly string[];
}

export type MathOutcome =
  | ({ readonly ok: true } & MathResult)
  | { readonly ok: false; readonly faults: readonly PolicyFault[] };

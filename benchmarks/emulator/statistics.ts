/** Medians, spreads and quantiles of repetitions, and how a report writes them. */

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The value below which the given share of all lies; of an even number, the upper of the two in the middle. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

export const spread = (values: readonly number[], digits: number): string =>
  `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;

/** The ratio of medians, with the ratios of the single repetitions for its spread. */
export interface Ratio {
  readonly ofMedians: number;
  readonly perRepetition: readonly number[];
}

export function ratioOf(values: readonly number[], bases: readonly number[]): Ratio {
  return {
    ofMedians: median(values) / median(bases),
    perRepetition: values.map((value, repetition) => value / bases[repetition]!),
  };
}

export const ratioText = ({ ofMedians, perRepetition }: Ratio, digits = 2): string =>
  `${ofMedians.toFixed(digits)} (${spread(perRepetition, digits)})`;

export const verdict = (met: boolean): string => (met ? 'met' : 'MISSED');

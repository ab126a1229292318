/** Numbers for a terminal; what is undefined is "n/a", never 0. */

export const percent = (share: number | null): string => (share === null ? 'n/a' : `${(share * 100).toFixed(1)} %`);
export const figure = (value: number | null, digits: number): string =>
  value === null ? 'n/a' : value.toFixed(digits);

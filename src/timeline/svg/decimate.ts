/**
 * Fewer points for the same picture: first, lowest, highest and last of each pixel column.
 *
 * Returns the very points of the input, in order. When there are few enough, all of them.
 */
export function decimate(
  times: Float64Array,
  values: Float64Array,
  fromSeconds: number,
  toSeconds: number,
  columns: number,
): { readonly times: Float64Array; readonly values: Float64Array } {
  if (times.length <= columns * 2 || toSeconds <= fromSeconds) return { times, values };
  const keep: number[] = [];
  const columnOf = (index: number): number =>
    Math.floor(((times[index]! - fromSeconds) / (toSeconds - fromSeconds)) * columns);
  let start = 0;
  while (start < times.length) {
    const column = columnOf(start);
    let lowest = start;
    let highest = start;
    let end = start;
    for (; end < times.length && columnOf(end) === column; end++) {
      if (values[end]! < values[lowest]!) lowest = end;
      if (values[end]! > values[highest]!) highest = end;
    }
    keep.push(...[...new Set([start, lowest, highest, end - 1])].sort((a, b) => a - b));
    start = end;
  }
  return {
    times: Float64Array.from(keep, (index) => times[index]!),
    values: Float64Array.from(keep, (index) => values[index]!),
  };
}

/**
 * The name that somebody may have meant. A guess for a sentence; nothing is decided by it.
 */

/** @returns undefined when no name is near: more than a third of the letters would have to change */
export function nearestName(typed: string, names: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let fewest = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const name of names) {
    const changes = changesBetween(typed.toLowerCase(), name);
    if (changes >= fewest) continue;
    nearest = name;
    fewest = changes;
  }
  return nearest;
}

/** Letters to add, drop, replace or swap with their neighbour. */
function changesBetween(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) {
    const [before, twoBefore] = [rows[row - 1]!, rows[row - 2]];
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let changes = Math.min(before[column]! + 1, current[column - 1]! + 1, before[column - 1]! + (same ? 0 : 1));
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped && twoBefore !== undefined) changes = Math.min(changes, twoBefore[column - 2]! + 1);
      current.push(changes);
    }
    rows.push(current);
  }
  return rows[from.length]![to.length]!;
}

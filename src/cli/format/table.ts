/**
 * A table for a terminal: first column left, the others right, widths by what is really shown (Hangul is two wide).
 */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, columnsOf(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const room = ' '.repeat(widths[at]! - columnsOf(cell));
        return at === 0 ? cell + room : room + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Terminal columns of a text: CJK and Hangul take two. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    const wide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xff00 && code <= 0xff60);
    columns += wide ? 2 : 1;
  }
  return columns;
}

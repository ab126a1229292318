/**
 * HTML as a type of its own: what is put into a template is text, and escaped, unless it is HTML already. So nothing that came over the
 * wire can become markup by being forgotten.
 */
import { escapeXml } from '../../wire/xml.ts';

export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** Null leaves nothing. */
type Piece = Html | string | number | null | readonly Piece[];

export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(
    strings.map((string, index) => string + (index < pieces.length ? markupOf(pieces[index]!) : '')).join(''),
  );
}

function markupOf(piece: Piece): string {
  if (piece === null) return '';
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === 'object') return piece.map(markupOf).join('');
  return escapeXml(String(piece));
}

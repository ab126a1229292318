/**
 * What other people and services wrote is made inert here, before it enters Markdown or HTML (SEC-18).
 *
 * Titles, reasons, causes and names are untrusted: an alarm can be called anything.
 */

// Control characters have no glyph; bidirectional overrides can make a line read differently from what it says.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text without characters that hide or reorder others; line breaks become `\n`. */
export function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(invisible, '\ufffd').replace(loneSurrogate, '\ufffd');
}

/** For element content and double-quoted attributes. */
export function html(text: string): string {
  return plain(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** As `html`, with line breaks kept visible. */
export function htmlLines(text: string): string {
  return html(text.trim()).replace(/\n/g, '<br>');
}

/**
 * For inline Markdown and table cells on GitHub: no markup, no links, no mentions by markup, one line.
 * Backslash escapes work for every ASCII punctuation character.
 */
export function markdown(text: string): string {
  return plain(text)
    .trim()
    .replace(/[\\`*_{}[\]<>#|~&!@$]/g, '\\$&')
    .replace(/:\/\//g, '\\://')
    .replace(/www\./gi, (found) => `${found.slice(0, 3)}\\.`)
    .replace(/\s*\n\s*/g, ' / ');
}

/** The beginning of a long text, ending with an ellipsis; cut between characters, never inside one. */
export function clipped(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit).join('').trimEnd()}…`;
}

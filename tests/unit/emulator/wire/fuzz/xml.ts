/**
 * A strict little checker: is this text one well-formed XML 1.0 document of the kind the Query protocol answers with? SQS's begin with a
 * declaration, the others have none.
 *
 * No doctype, comments, CDATA or processing instructions: a reply has none, so that finding one is a fault.
 */

const prolog = '<?xml version="1.0"?>';
const name = '[A-Za-z_][\\w.-]*';
/** Text, or a tag with its attributes; sticky, so that nothing between two matches is passed over. */
const token = new RegExp(`([^<]+)|<(/?)(${name})((?:\\s+${name}="[^"<]*")*)\\s*(/?)>`, 'gy');
const attribute = new RegExp(`\\s+(${name})="([^"]*)"`, 'g');
const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const loneAmpersand = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)/;
const reference = /&#(x?)([0-9A-Fa-f]+);/g;

/** @returns what is wrong, or null */
export function xmlFault(document: string): string | null {
  if (illegal.test(document)) return 'a character that XML does not have';
  const open: string[] = [];
  let roots = 0;
  token.lastIndex = document.startsWith(prolog) ? prolog.length : 0;
  while (token.lastIndex < document.length) {
    const at = token.lastIndex;
    const match = token.exec(document);
    if (match === null) return `no tag and no text at ${at}: ${document.slice(at, at + 40)}`;
    const [, text, closing, tag = '', attributes = '', empty] = match;
    if (text !== undefined) {
      const isEnd = roots === 1 && open.length === 0 && token.lastIndex === document.length && text === '\n';
      if (isEnd) continue;
      const fault = open.length === 0 ? 'text outside the root' : textFault(text);
      if (fault !== null) return fault;
      continue;
    }
    if (closing === '/') {
      if (attributes !== '' || empty === '/') return `an odd closing tag ${tag}`;
      if (open.pop() !== tag) return `${tag} closes what is not open`;
      continue;
    }
    if (open.length === 0 && ++roots > 1) return 'a second root';
    const fault = attributesFault(attributes);
    if (fault !== null) return fault;
    if (empty !== '/') open.push(tag);
  }
  if (open.length > 0) return `${open.at(-1)} is not closed`;
  return roots === 1 ? null : 'no root';
}

function attributesFault(attributes: string): string | null {
  const seen = new Set<string>();
  for (const [, key = '', value = ''] of attributes.matchAll(attribute)) {
    if (seen.has(key)) return `the attribute ${key} twice`;
    seen.add(key);
    const fault = textFault(value);
    if (fault !== null) return fault;
  }
  return null;
}

function textFault(text: string): string | null {
  if (loneAmpersand.test(text)) return 'an ampersand that is no reference';
  if (text.includes(']]>')) return ']]> in text';
  for (const [whole, hexadecimal, digits = ''] of text.matchAll(reference)) {
    const code = Number.parseInt(digits, hexadecimal === 'x' ? 16 : 10);
    if (code > 0x10ffff || illegal.test(String.fromCodePoint(code))) return `${whole} is no character of XML`;
  }
  return null;
}

/** The text of the first element of that name, references resolved; null when there is none. */
export function elementText(document: string, element: string): string | null {
  const found = new RegExp(`<${element}>([^<]*)</${element}>`).exec(document)?.[1];
  if (found === undefined) return null;
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return found
    .replaceAll(/&#x([0-9A-Fa-f]+);/g, (_, digits: string) => String.fromCodePoint(Number.parseInt(digits, 16)))
    .replaceAll(/&(\w+);/g, (_, entity: string) => named[entity] ?? '');
}

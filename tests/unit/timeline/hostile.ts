/** What an attacker, or a careless colleague, could name an alarm, and checks that it stays text. */
export const hostileTexts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '| broken | table |\n| --- | --- |',
  '`code` **bold** _it_ ~~gone~~ # heading',
  '[click](javascript:alert(1)) ![img](https://evil.example/x.png)',
  'https://evil.example www.evil.example me@evil.example @everyone',
  'line one\r\nline two\n\n## heading',
  '</style></svg></title><iframe srcdoc=x>',
  '\u202egnp.exe\u202c \u0007\u0000 \ud800',
  '{alarm} {name|은/는} $x$ &lt;b&gt; &#60;b&#62;',
  '<!-- --> <![CDATA[ ]]> <?php ?>',
  '\\| \\` \\<b>',
];

/** The tags of a document in order, with attributes parsed; throws when it is not well-formed. */
export function wellFormedTags(markup: string): { name: string; attributes: Record<string, string> }[] {
  const voids = new Set(['meta', 'br']);
  const tags: { name: string; attributes: Record<string, string> }[] = [];
  const open: string[] = [];
  const body = markup.replace(/^<!doctype html>/, '').replace(/<style>[^<]*<\/style>/, '');
  let index = 0;
  while (index < body.length) {
    const next = body.indexOf('<', index);
    const content = body.slice(index, next === -1 ? body.length : next);
    if (content.includes('>')) throw new Error(`bare > near: ${content.slice(0, 80)}`);
    for (const [entity] of content.matchAll(/&[^\s]{0,10}/g)) {
      if (!/^&(amp|lt|gt|quot|#39);/.test(entity)) throw new Error(`bare & near: ${entity}`);
    }
    if (next === -1) break;
    const tag = /^<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z:-]+="[^"<>]*")*)(\/?)>/.exec(body.slice(next));
    if (tag === null) throw new Error(`not a tag: ${body.slice(next, next + 80)}`);
    const [whole, slash, name, rawAttributes, selfClosed] = tag as unknown as [string, string, string, string, string];
    if (slash === '/') {
      const expected = open.pop();
      if (expected !== name) throw new Error(`</${name}> closes <${expected}>`);
    } else {
      const attributes: Record<string, string> = {};
      for (const [, key, value] of rawAttributes.matchAll(/ ([a-zA-Z:-]+)="([^"]*)"/g)) attributes[key!] = value!;
      tags.push({ name, attributes });
      if (selfClosed !== '/' && !voids.has(name)) open.push(name);
    }
    index = next + whole.length;
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(', ')}`);
  return tags;
}

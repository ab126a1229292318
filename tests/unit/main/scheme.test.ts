import { describe, expect, it } from 'vitest';
import { pageHeaders } from '../../../src/core/contract/pagePolicy.ts';
import { createPageHandler, pageFile } from '../../../src/main/scheme.ts';

const root = '/opt/spillway/out/renderer';

describe('pageFile', () => {
  it.each([
    ['app://spillway/', '/index.html', 'text/html; charset=utf-8'],
    ['app://spillway/index.html?x=1#y', '/index.html', 'text/html; charset=utf-8'],
    ['app://spillway/assets/index-a1.js', '/assets/index-a1.js', 'text/javascript; charset=utf-8'],
    ['app://spillway/a%20b.css', '/a b.css', 'text/css; charset=utf-8'],
    // Folded away by the URL parser before anything is decoded: still inside.
    ['app://spillway/../../index.html', '/index.html', 'text/html; charset=utf-8'],
  ])('[SEC-02] %s is a file of the page', (url, file, contentType) => {
    expect(pageFile(root, url)).toEqual({ ok: true, file: root + file, contentType });
  });

  it.each([
    ['app://spillway/%2e%2e%2f%2e%2e%2fpackage.js', 400, 'encoded separators hide the dots from the URL parser'],
    ['app://spillway/..%2fmain/index.js', 400, 'half encoded'],
    ['app://spillway/assets/..%2f..%2f..%2fetc/x.js', 400, 'from a folder down'],
    ['app://spillway/%2e%2e/%2e%2e%2fmain/index.js', 400, 'mixed'],
    ['app://spillway/..%5cmain%5cindex.js', 400, 'backslash'],
    ['app://spillway/a\\..\\..\\x.js', 400, 'bare backslash'],
    ['app://spillway/index.html%00.js', 400, 'NUL'],
    ['app://spillway/%', 400, 'not decodable'],
    ['app://spillway/%c0%ae%c0%ae/x.js', 400, 'overlong UTF-8'],
    ['app://spillway/%252e%252e%252fx.js', 404, 'decoded once: a strange name, not a way up'],
    ['app://spillway/..%2frenderer-other/x.js', 400, 'sibling whose name begins like the root'],
    ['app://spillway//etc/passwd', 415, 'absolute, and no type of ours'],
    ['app://spillway/%2fetc/passwd.html', 404, 'absolute after decoding stays inside'],
    ['app://other/index.html', 404, 'another host'],
    ['app://spillway.evil/index.html', 404, 'look-alike host'],
    ['app://spillway:80/index.html', 404, 'a port'],
    ['https://spillway/index.html', 404, 'another scheme'],
    ['file:///etc/passwd', 404, 'file'],
    ['app://spillway/../main/index.js.map', 415, 'source map'],
    ['app://spillway/package.json', 415, 'no type of ours'],
    ['app://spillway/assets/', 415, 'a folder'],
    ['not a url', 400, 'no URL'],
  ])('[SEC-02] %s answers %i: %s', async (url, status) => {
    const answer = createPageHandler(root, async (file) => {
      expect(file.startsWith(`${root}/`)).toBe(true);
      throw new Error('no such file');
    });
    expect((await answer({ method: 'GET', url })).status).toBe(status);
  });
});

describe('createPageHandler', () => {
  const handler = createPageHandler(root, async (file) => new TextEncoder().encode(file));

  it('[SEC-02] answers GET only', async () => {
    for (const method of ['POST', 'HEAD', 'PUT', 'OPTIONS']) {
      expect((await handler({ method, url: 'app://spillway/' })).status).toBe(405);
    }
  });

  it.each([
    ['app://spillway/', 200],
    ['app://spillway/x.bin', 415],
    ['app://other/', 404],
  ])('[SEC-03] %s (%i) carries every header', async (url, status) => {
    const response = await handler({ method: 'GET', url });
    expect(response.status).toBe(status);
    for (const [name, value] of Object.entries(pageHeaders)) expect(response.headers.get(name)).toBe(value);
  });

  it('[SEC-03] the policy allows nothing inline, no eval and no other origin', () => {
    const policy = pageHeaders['content-security-policy']!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
  });
});

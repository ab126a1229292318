/**
 * The page's own scheme: `app://spillway/` answers files of the built renderer and nothing else.
 *
 * Path rules (SEC-02) live here. Not here: headers and media types (core/contract/pagePolicy.ts), which pages a window may
 * load (guards.ts).
 */
import path from 'node:path';
import { pageHeaders, pageMediaTypes } from '../core/contract/pagePolicy.ts';

export const pageScheme = 'app';
export const pageHost = 'spillway';
export const pageUrl = `${pageScheme}://${pageHost}/index.html`;

/** For `protocol.registerSchemesAsPrivileged`, which must run before `ready`. */
export const pagePrivileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true } as const;

export type PageFile =
  | { readonly ok: true; readonly file: string; readonly contentType: string }
  | { readonly ok: false; readonly status: number };

const refused = (status: number): PageFile => ({ ok: false, status });

/**
 * Which file a request means.
 *
 * @param root       absolute folder of the built renderer
 * @param requestUrl as the page asked, still percent-encoded
 * @returns the file to read, or the status to answer: 400 for a path that cannot be meant honestly, 404 for another
 *          host, 415 for a file type the page does not use. Does not touch the disk.
 */
export function pageFile(root: string, requestUrl: string): PageFile {
  let url: URL;
  let decoded: string;
  try {
    url = new URL(requestUrl);
    decoded = decodeURIComponent(url.pathname);
  } catch {
    return refused(400);
  }
  if (url.protocol !== `${pageScheme}:` || url.host !== pageHost) return refused(404);
  // A URL parser has already folded `..` away, encoded or not; what is left of it after decoding was hidden on purpose.
  if (decoded.includes('\0') || decoded.includes('\\') || decoded.split('/').includes('..')) return refused(400);
  const file = path.resolve(root, `.${decoded === '/' ? '/index.html' : decoded}`);
  // With the separator, so that a sibling folder whose name merely begins with the root's is outside.
  if (!file.startsWith(path.resolve(root) + path.sep)) return refused(400);
  const contentType = pageMediaTypes[path.extname(file)];
  return contentType === undefined ? refused(415) : { ok: true, file, contentType };
}

/** @param readFile rejects when there is no such file; that is a 404, not an error */
export function createPageHandler(
  root: string,
  readFile: (file: string) => Promise<Uint8Array<ArrayBuffer>>,
): (request: Pick<Request, 'method' | 'url'>) => Promise<Response> {
  const plain = (status: number) =>
    new Response(null, { status, headers: { ...pageHeaders, 'cache-control': 'no-store' } });
  return async ({ method, url }) => {
    if (method !== 'GET') return plain(405);
    const found = pageFile(root, url);
    if (!found.ok) return plain(found.status);
    try {
      const body = await readFile(found.file);
      return new Response(body, { status: 200, headers: { ...pageHeaders, 'content-type': found.contentType } });
    } catch {
      return plain(404);
    }
  };
}

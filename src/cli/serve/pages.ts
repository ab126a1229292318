/**
 * The built pages as files: only what the build made, found by a table read once, so no path is ever joined from a URL.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pageMediaTypes } from '../../core/contract/pagePolicy.ts';

export interface Page {
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** Hashed file names may be kept for ever; index.html never. */
  readonly immutable: boolean;
}

/** @returns null when the pages were not built yet */
export function loadPages(folder: string): ReadonlyMap<string, Page> | null {
  if (!statSync(path.join(folder, 'index.html'), { throwIfNoEntry: false })) return null;
  const pages = new Map<string, Page>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const mediaType = pageMediaTypes[path.extname(entry.name)];
    if (!entry.isFile() || mediaType === undefined) continue;
    const file = path.join(entry.parentPath, entry.name);
    const url = `/${path.relative(folder, file).replaceAll(path.sep, '/')}`;
    pages.set(url, { mediaType, bytes: readFileSync(file), immutable: url.startsWith('/assets/') });
  }
  const index = pages.get('/index.html')!;
  pages.set('/', index);
  return pages;
}

/**
 * The only way out to the system's browser (SEC-15): https, a known host, no user info, bounded length.
 */
import type { Shell } from 'electron';

const maxLength = 2048;
const hosts: ReadonlySet<string> = new Set(['docs.aws.amazon.com', 'console.aws.amazon.com']);
const hostSuffixes = ['.console.aws.amazon.com'];

/** @returns the URL in its normal form, or null when it may not be opened */
export function externalUrl(text: string): string | null {
  if (text.length > maxLength) return null;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '') return null;
  const known = hosts.has(url.hostname) || hostSuffixes.some((suffix) => url.hostname.endsWith(suffix));
  return known ? url.href : null;
}

/** @returns whether it was handed to the system */
export async function safeOpenExternal(shell: Pick<Shell, 'openExternal'>, text: string): Promise<boolean> {
  const url = externalUrl(text);
  if (url === null) return false;
  await shell.openExternal(url);
  return true;
}

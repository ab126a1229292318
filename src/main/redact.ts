/**
 * Takes secrets out of a line before it is written down (SEC-16): keys, tokens, signatures, passwords in URLs, and the
 * user's name in home paths.
 */
const hidden = '[redacted]';

const patterns: readonly [RegExp, string][] = [
  [/\b(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{12,}\b/g, hidden],
  [
    /((?:secret|password|passwd|token|session|credential|signature|authorization|cookie)[\w-]*["']?\s*[:=]\s*["']?)(?:Bearer\s+|Basic\s+)?[^\s"',;&}]+/gi,
    `$1${hidden}`,
  ],
  [/(\bhttps?:\/\/)[^/\s@]+@/gi, `$1${hidden}@`],
  // A secret access key has no prefix: 40 characters of base64 that are neither hex digest nor path.
  [
    /(?<![A-Za-z0-9+/=_-])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_-])/g,
    hidden,
  ],
  [/((?:\/home|\/Users)\/)[^/\s]+/g, '$1~'],
  [/([A-Z]:\\Users\\)[^\\\s]+/gi, '$1~'],
];

export function redact(line: string): string {
  return patterns.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
}

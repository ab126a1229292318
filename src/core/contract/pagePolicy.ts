/**
 * The Content-Security-Policy of our pages, the same under app:// and under serve (SEC-03).
 *
 * No 'unsafe-inline' anywhere: React sets styles through the DOM, which the policy does not restrict.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

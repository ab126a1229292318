/**
 * Headers of every answer (SEC-03, SEC-37). Main sends the same policy for app:// pages.
 */
import { contentSecurityPolicy } from '../../core/contract/pagePolicy.ts';

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

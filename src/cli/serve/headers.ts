/**
 * Headers of every answer (SEC-37): those of the page itself, and what only HTTP needs.
 */
import { pageHeaders } from '../../core/contract/pagePolicy.ts';

export const securityHeaders: Readonly<Record<string, string>> = { ...pageHeaders, 'x-frame-options': 'DENY' };

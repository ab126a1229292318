/**
 * Watches a page for what a content security policy blocked and for errors nobody caught.
 */
import type { Page } from '@playwright/test';

export interface Watched {
  /** Lines of the console about the policy. */
  readonly violations: string[];
  readonly errors: string[];
}

export function watch(page: Page): Watched {
  const watched: Watched = { violations: [], errors: [] };
  page.on('console', (message) => {
    const text = message.text();
    if (/content security policy/i.test(text)) watched.violations.push(text);
    else if (message.type() === 'error') watched.errors.push(text);
  });
  page.on('pageerror', (thrown) => watched.errors.push(thrown.stack ?? thrown.message));
  return watched;
}

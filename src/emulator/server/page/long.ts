/** Texts that may be longer than a page should be: the beginning, and how much there is. The JSON has all of it. */
import { type Html, html } from './html.ts';
import type { Say } from './words.ts';

/** A message may have a megabyte, a page of them would have fifty. */
const mostShown = 4_000;

/** Never half of a character that takes two units. */
export const beginningOf = (text: string): string => text.slice(0, mostShown).replace(/[\uD800-\uDBFF]$/, '');

/** Text by itself, or its beginning and what is said of the rest. */
export function long(text: string, say: Say): string | Html {
  const shown = beginningOf(text);
  if (shown.length === text.length) return text;
  return html`${shown} <span class="quiet">${say('cut', { shown: shown.length, all: text.length })}</span>`;
}

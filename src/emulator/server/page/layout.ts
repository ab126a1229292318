/** What every page has around it: head, style, title, clock. One answer, nothing loaded, nothing run. */
import { createHash } from 'node:crypto';
import { Html, html } from './html.ts';
import type { PageLanguage } from './language.ts';
import { style } from './style.ts';
import type { Say } from './words.ts';

/** The style, and nothing else: no script, no picture, no form, no frame around it. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface Clock {
  readonly nowMs: number;
  readonly speed: number;
}

export function layout(language: PageLanguage, say: Say, heading: string | null, clock: Clock, body: Html): string {
  const pace = clock.speed === 0 ? say('held') : say('speed', { times: clock.speed });
  const title = heading === null ? say('title') : `${heading} - ${say('title')}`;
  const page = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${new Html(style)}</style></head>
<body><header><h1>${say('title')}</h1><span>${say('clock')}: ${instant(clock.nowMs)} (${pace})</span></header>
<main>${heading === null ? null : html`<nav class="back"><a href="/">← ${say('all')}</a></nav>`}${body}</main></body></html>
`;
  return page.markup;
}

/** `2026-03-02 00:00:05.250 UTC`, as times in a log are written everywhere. */
export const instant = (ms: number): string =>
  new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/(?:\.000)?Z$/, ' UTC');

/** `2 h 5 min`, of virtual time; seconds are rounded up, so that what is still to come never shows as over. */
export function duration(ms: number, say: Say): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 120) return say('seconds', { n: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return join(say('minutes', { n: minutes }), say('seconds', { n: seconds % 60 }), seconds % 60);
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return join(say('hours', { n: hours }), say('minutes', { n: minutes % 60 }), minutes % 60);
  const days = Math.floor(hours / 24);
  return join(say('days', { n: days }), say('hours', { n: hours % 24 }), hours % 24);
}

const join = (large: string, small: string, rest: number): string => (rest === 0 ? large : `${large} ${small}`);

export const count = (n: number): string => n.toLocaleString('en-US');

/** What every page has around it: head, style, title, clock. One file, nothing loaded, nothing run. */
import { createHash } from 'node:crypto';
import { Html, html } from './html.ts';
import type { PageLanguage } from './language.ts';
import type { Say } from './words.ts';

const style = `
:root { color-scheme: light dark; --ground: #fff; --text: #1b1f24; --quiet: #57606a; --line: #d5dae0; --link: #0a58ca; --panel: #f5f7f9;
  --good: #1a6e35; --wait: #8a5300; --busy: #0b5394; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171b; --text: #e6e9ed; --quiet: #9aa4af; --line: #343b44; --link: #7db4ff;
  --panel: #1d2228; --good: #6fcf8b; --wait: #e5b567; --busy: #8cc0ff; } }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, "Noto Sans KR", "Noto Sans CJK KR", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; border-bottom: 1px solid var(--line); margin-bottom: 1.5rem; }
h1 { font-size: 1.25rem; margin: 0 0 .5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
a { color: var(--link); } a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
p, header span { color: var(--quiet); margin: .5rem 0; } code, pre { font: .875rem/1.5 ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .35rem .75rem; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 500; } .n { text-align: right; font-variant-numeric: tabular-nums; } td { overflow-wrap: break-word; }
.scroll { overflow-x: auto; } article { border: 1px solid var(--line); border-radius: .5rem; margin: .75rem 0; padding: .5rem .75rem; }
article > div { display: flex; flex-wrap: wrap; gap: .1rem 1rem; color: var(--quiet); } article code { overflow-wrap: anywhere; }
pre { background: var(--panel); border-radius: .25rem; margin: .5rem 0; padding: .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .5rem 0; } dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; } .visible { color: var(--good); } .delayed { color: var(--wait); } .inFlight { color: var(--busy); }
nav { display: flex; flex-wrap: wrap; gap: 1.5rem; margin: 1rem 0; }
`;

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
<main>${body}</main></body></html>
`;
  return page.markup;
}

/** `2026-03-02 00:00:05.250 UTC`, as times in a log are written everywhere. */
export const instant = (ms: number): string =>
  new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/(?:\.000)?Z$/, ' UTC');

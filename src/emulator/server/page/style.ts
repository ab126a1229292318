/** How every page looks: one sheet, both themes as the browser prefers, nothing loaded. */

export const style = `
:root { color-scheme: light dark; --ground: #fff; --text: #1b1f24; --quiet: #57606a; --line: #d8dee4; --link: #0a58ca; --panel: #f6f8fa;
  --good: #1a6e35; --good-ground: #e2f3e6; --wait: #8a4b00; --wait-ground: #fbeed9; --busy: #0b5394; --busy-ground: #e1edfa; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171b; --text: #e6e9ed; --quiet: #9aa4af; --line: #343b44; --link: #7db4ff;
  --panel: #1d2228; --good: #7fd99a; --good-ground: #17301f; --wait: #ecc07a; --wait-ground: #352812; --busy: #8cc0ff; --busy-ground: #172b44; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1.5rem 3rem; background: var(--ground); color: var(--text); word-break: keep-all;
  font: .9375rem/1.5 system-ui, "Noto Sans KR", "Noto Sans CJK KR", sans-serif; }
body > header { display: flex; flex-wrap: wrap; gap: .125rem 1.5rem; align-items: baseline; justify-content: space-between;
  border-bottom: 1px solid var(--line); padding-bottom: .75rem; }
h1 { font-size: 1.25rem; margin: 0; } .back { margin: .75rem 0 -1rem; } h2 { font-size: 1.125rem; margin: 2rem 0 0; overflow-wrap: anywhere; }
h3 { font-size: .9375rem; margin: 1.5rem 0 .25rem; } h3 span { color: var(--quiet); font-weight: 400; margin-left: .5rem; }
a { color: var(--link); text-underline-offset: .15em; } a:hover { text-decoration-thickness: 2px; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
p { margin: .5rem 0; } .quiet, body > header span { color: var(--quiet); } code, pre { font: .8125rem/1.5 ui-monospace, monospace; }
code { overflow-wrap: anywhere; word-break: normal; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; min-width: 62rem; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
th { color: var(--quiet); font-weight: 500; font-size: .8125rem; vertical-align: bottom; }
td { overflow-wrap: anywhere; } .n { text-align: right; white-space: nowrap; overflow-wrap: normal; font-variant-numeric: tabular-nums; } .zero { color: var(--quiet); }
.name { width: 26%; } .kind { width: 7rem; } .count { width: 7rem; } .age { width: 8.5rem; }
td ul { list-style: none; margin: 0; padding: 0; } td li + li { margin-top: .15rem; }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: .25rem; color: var(--quiet); font-size: .75rem; line-height: 1.35;
  padding: 0 .35rem; margin-left: .35rem; white-space: nowrap; }
nav, .counts { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0; align-items: baseline; } .counts { gap: .5rem; }
.state { border-radius: 1rem; padding: .05rem .6rem; font-size: .8125rem; font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
.visible { color: var(--good); background: var(--good-ground); } .delayed { color: var(--wait); background: var(--wait-ground); }
.inFlight { color: var(--busy); background: var(--busy-ground); } .none { color: var(--quiet); background: var(--panel); font-weight: 400; }
article { border: 1px solid var(--line); border-radius: .5rem; margin: .75rem 0; padding: .75rem; }
article header { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; } article header code { color: var(--quiet); margin-left: auto; }
pre { background: var(--panel); border-radius: .25rem; margin: .6rem 0; padding: .5rem .75rem; white-space: pre-wrap; overflow-wrap: anywhere; word-break: normal; }
dl { margin: 0; } dt { color: var(--quiet); font-size: .8125rem; } dd { margin: 0; overflow-wrap: anywhere; word-break: normal; }
.facts { display: flex; flex-wrap: wrap; gap: .35rem 1.75rem; } .facts dd { font-variant-numeric: tabular-nums; }
details { margin-top: .5rem; } summary { cursor: pointer; color: var(--quiet); width: fit-content; }
details dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .2rem 1.25rem; margin-top: .4rem; align-items: baseline; }
.blank { border: 1px dashed var(--line); border-radius: .5rem; margin: 2rem 0; padding: 1.25rem 1.5rem; } .blank p:first-child { margin-top: 0; }
.blank p { font-weight: 600; } .blank > :last-child { margin-bottom: 0; }
@media (max-width: 40rem) { table { min-width: 50rem; } .name { width: 9rem; } .count { width: 5.75rem; } .age { width: 7rem; }
  body { padding: 1rem 1rem 2rem; } article header code { margin-left: 0; width: 100%; }
  details dl { grid-template-columns: 1fr; gap: 0; } details dd { margin-bottom: .35rem; } }
`;

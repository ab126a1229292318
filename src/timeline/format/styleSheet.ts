/**
 * The look of the HTML report: dense, calm, dark or light as the reader's system asks. Colours are variables; lines
 * differ by dash as well. Replayed lines take the palette's slots in order.
 */
export const styleSheet = `
:root{color-scheme:light dark;--bg:#fbfbfa;--panel:#fff;--ink:#1b1f24;--soft:#5a636e;--rule:#dfe2e6;--grid:#e9ebee;
--accent:#0b5fae;--high:#b3261e;--high-bg:#fbe9e7;--low:#8a929c;--rec:#1b1f24;--des:#7a8490;
--r1:#0b66c3;--r2:#b65200;--r3:#00765c;--r4:#8a3fa8;--r5:#9a1b4c;--r6:#4f6b00;--r7:#5a4bd1;--r8:#7a5c3e;
--h0:#eef3f8;--h1:#d3e3f2;--h2:#a9cbe6;--h3:#74abd6;--h4:#4385c0;--h5:#2a5f9e;--h6:#7b2d78;--h7:#b3261e;--empty:#f4f4f2}
@media (prefers-color-scheme:dark){:root{--bg:#14171a;--panel:#1b1f23;--ink:#e6e8ea;--soft:#9aa4af;--rule:#30363d;--grid:#262b31;
--accent:#7ab8f5;--high:#ff8a7a;--high-bg:#3a2020;--low:#77818c;--rec:#e6e8ea;--des:#8b96a2;
--r1:#6cb2ff;--r2:#f2a154;--r3:#4ccfa6;--r4:#d49bf0;--r5:#ff8fb3;--r6:#b7cf5a;--r7:#a79cff;--r8:#d3b08c;
--h0:#1d242b;--h1:#1f3346;--h2:#214a6b;--h3:#256492;--h4:#2f83bd;--h5:#58abe0;--h6:#c07ac4;--h7:#ff6b5b;--empty:#191c1f}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.45 system-ui,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK KR","Malgun Gothic",sans-serif}
main{max-width:1180px;margin:0 auto;padding:28px 24px 64px}
h1{font-size:22px;line-height:1.25;margin:0 0 10px;overflow-wrap:anywhere}
h2{font-size:16px;margin:34px 0 10px;padding-bottom:4px;border-bottom:1px solid var(--rule)}
h3{font-size:14px;margin:22px 0 8px}
p{margin:8px 0;max-width:80ch}
.soft{color:var(--soft)}
:lang(ko){word-break:keep-all}
dl.about{display:grid;grid-template-columns:max-content 1fr;gap:2px 18px;margin:0 0 12px}
dl.about dt{color:var(--soft)}dl.about dd{margin:0}
.scroll{overflow-x:auto;background:var(--panel);border:1px solid var(--rule);border-radius:6px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:5px 10px;border-bottom:1px solid var(--rule);overflow-wrap:break-word}
tbody tr:last-child td{border-bottom:0}
th{font-weight:600;color:var(--soft);font-size:12px;vertical-align:bottom;line-height:1.3}
th.n,td.n{text-align:right}td.n,td.t{white-space:nowrap}
table.entries{table-layout:fixed;min-width:900px}
.entries th:nth-child(1){width:226px}.entries th:nth-child(2){width:118px}.entries th:nth-child(4){width:112px}
.entries td{overflow-wrap:anywhere}td.d{color:var(--soft);font-size:13px}
td.d details{margin:0}td.d summary{font-weight:400;padding:0}td.d details[open] summary{color:var(--low);margin-bottom:4px}
tr.high td:first-child{box-shadow:inset 3px 0 0 var(--high)}
tr.low td{color:var(--soft)}
tr.high .kind{color:var(--high);font-weight:600}
tr.recorded td{font-weight:600}
figure{margin:0 0 14px;padding:10px 12px 8px;background:var(--panel);border:1px solid var(--rule);border-radius:6px}
figcaption{display:flex;flex-wrap:wrap;gap:2px 18px;align-items:baseline;font-weight:600;margin-bottom:4px}
.key{font-weight:400;font-size:12px;color:var(--soft);white-space:nowrap}
.key svg{width:26px;height:8px;display:inline-block;margin-right:6px;vertical-align:middle}
.drawn{font-size:12px;color:var(--soft);margin:2px 0 0;max-width:none}
figure>svg{display:block;width:100%;height:auto}
svg text{font:11px system-ui,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK KR","Malgun Gothic",sans-serif;fill:var(--soft);font-variant-numeric:tabular-nums}
svg .hot{fill:var(--high);font-weight:600}
.grid{stroke:var(--grid);fill:none}.base{stroke:var(--rule);fill:none}
.shade{fill:var(--grid);opacity:.7}
.line{fill:none;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
.rec{stroke:var(--rec);stroke-width:1.9}.des{stroke:var(--des);stroke-dasharray:2 3}
.r1{stroke:var(--r1);stroke-dasharray:7 3}.r2{stroke:var(--r2);stroke-dasharray:3 3}.r3{stroke:var(--r3);stroke-dasharray:9 3 2 3}
.r4{stroke:var(--r4);stroke-dasharray:12 4}.r5{stroke:var(--r5);stroke-dasharray:1 4}.r6{stroke:var(--r6);stroke-dasharray:5 2 1 2}
.r7{stroke:var(--r7);stroke-dasharray:4 6}.r8{stroke:var(--r8);stroke-dasharray:10 2 2 2 2 2}
.threshold{stroke:var(--high);stroke-dasharray:5 4;fill:none}
svg .threshold-label{fill:var(--high);paint-order:stroke;stroke:var(--panel);stroke-width:3px}
.h0{fill:var(--h0)}.h1{fill:var(--h1)}.h2{fill:var(--h2)}.h3{fill:var(--h3)}.h4{fill:var(--h4)}.h5{fill:var(--h5)}.h6{fill:var(--h6)}.h7{fill:var(--h7)}
.empty{fill:var(--empty);stroke:var(--rule)}
.bar-high{fill:var(--high-bg);stroke:var(--high)}.bar-low{fill:var(--grid);stroke:var(--low)}
svg .bar-label{fill:var(--ink)}
.scale-out{fill:var(--accent)}.scale-in{fill:none;stroke:var(--accent);stroke-width:1.4}.note{fill:var(--ink)}
details{margin:10px 0}summary{cursor:pointer;font-weight:600;padding:4px 0}
@media print{body{background:#fff}main{padding:0;max-width:none}details:not([open])>*{display:block}figure,tr{break-inside:avoid}}
`;

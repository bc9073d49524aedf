/** The style of all pages. Fonts are the reader's own, colours follow the reader's choice of light or dark. */
export const STYLE = `
:root {
  --page: #fbfaf7; --card: #ffffff; --sunken: #f3f1ea; --line: #e2ded2; --text: #1d2127; --soft: #5a616b;
  --accent: #0f6a5f; --accent-soft: #dcefeb; --get: #0b5f8a; --get-soft: #dcecf6;
  --good: #1c6b3a; --good-soft: #ddf0e3; --bad: #9a3412; --bad-soft: #fbe7dc;
  --code: #14181d; --code-text: #e8e6df; --code-soft: #9aa3ad;
  --string: #1c6b3a; --number: #8a4b08; --name: #0b5f8a; --literal: #7c3a9a;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12151a; --card: #191d24; --sunken: #20252d; --line: #2e353f; --text: #e7e5df; --soft: #a3abb6;
    --accent: #5fcfbf; --accent-soft: #14352f; --get: #7fc4ee; --get-soft: #152f40;
    --good: #7dd69b; --good-soft: #16331f; --bad: #f4a67c; --bad-soft: #40220f;
    --code: #0c0e12; --code-text: #e7e5df; --code-soft: #8b95a1;
    --string: #8fd6a5; --number: #e9b872; --name: #8fcbf0; --literal: #d3a3ec;
  }
}
.mock { --accent: #4b3fb3; --accent-soft: #e9e7fa; }
@media (prefers-color-scheme: dark) { .mock { --accent: #a9a0ff; --accent-soft: #262347; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
h1, h2, h3, h4 { line-height: 1.2; letter-spacing: -.015em; text-wrap: balance; margin: 0; }
h1 { font-size: clamp(2rem, 1.4rem + 2.4vw, 2.9rem); }
h2 { font-size: 1.45rem; margin: 3.2rem 0 .8rem; }
h3 { font-size: 1.05rem; margin: 1.8rem 0 .6rem; }
p { margin: .6rem 0; max-width: 46rem; }
ul { margin: .6rem 0; padding-left: 1.3rem; max-width: 46rem; }
code { font: .875em/1.5 var(--mono); }
:not(pre) > code { background: var(--sunken); border: 1px solid var(--line); border-radius: 5px; padding: .08em .35em;
  overflow-wrap: anywhere; }
a > code { color: inherit; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .6rem; z-index: 3; background: var(--card); padding: .3rem .7rem; }
.top { position: sticky; top: 0; z-index: 2; border-bottom: 1px solid var(--line);
  background: color-mix(in srgb, var(--page) 88%, transparent); backdrop-filter: blur(10px); }
.bar { max-width: 76rem; margin: 0 auto; padding: .7rem 1.5rem; display: flex; justify-content: space-between;
  align-items: center; gap: 1rem; }
.brand { color: var(--text); text-decoration: none; font-weight: 500; display: flex; align-items: center; gap: .6rem; }
.brand b { color: var(--accent); }
.mark { width: 1.05rem; height: 1.05rem; border-radius: 4px; background: var(--accent);
  box-shadow: inset 0 -.42rem 0 color-mix(in srgb, var(--page) 45%, transparent); }
.top nav { display: flex; gap: .4rem; }
.top nav a { color: var(--soft); text-decoration: none; padding: .25rem .75rem; border-radius: 99px; }
.top nav a:hover { color: var(--text); background: var(--sunken); }
.top nav a[aria-current] { color: var(--accent); background: var(--accent-soft); }
main { display: block; min-width: 0; }
.home { max-width: 58rem; margin: 0 auto; padding: 3.2rem 1.5rem 5rem; }
.lead { font-size: 1.15rem; color: var(--soft); max-width: 42rem; }
.reference { max-width: 76rem; margin: 0 auto; padding: 2.6rem 1.5rem 5rem; display: grid; gap: 3.2rem;
  grid-template-columns: 13.5rem minmax(0, 1fr); }
.side { position: sticky; top: 4.6rem; align-self: start; max-height: calc(100vh - 5.5rem); overflow: auto;
  font-size: .92rem; }
.side h2 { font-size: .75rem; letter-spacing: .06em; text-transform: uppercase; color: var(--soft); margin: 1.4rem 0 .3rem; }
.side h2:first-child { margin-top: 0; }
.side ul { list-style: none; margin: 0; padding: 0; }
.side a { display: block; padding: .2rem .6rem; margin-left: -.6rem; border-radius: 6px; color: var(--text);
  text-decoration: none; }
.side a:hover { background: var(--sunken); color: var(--accent); }
@media (max-width: 58rem) {
  .reference { grid-template-columns: minmax(0, 1fr); gap: 1rem; }
  .side { position: static; max-height: none; border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.2rem; }
}
.example { white-space: nowrap; }
pre { margin: .8rem 0; padding: .95rem 1.1rem; border-radius: 10px; overflow: auto; max-height: 38rem;
  background: var(--sunken); border: 1px solid var(--line); tab-size: 2; }
pre.shell { background: var(--code); color: var(--code-text); border-color: transparent; }
pre.shell .line { display: block; white-space: pre-wrap; overflow-wrap: anywhere; padding-left: 1.3rem; text-indent: -1.3rem; }
pre.shell .line::before { content: "$ "; color: var(--code-soft); user-select: none; }
.name { color: var(--name); } .string { color: var(--string); } .number { color: var(--number); } .literal { color: var(--literal); }
.table { overflow-x: auto; margin: .8rem 0; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
th, td { text-align: left; vertical-align: top; padding: .6rem .9rem; }
thead th { font-size: .78rem; font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody th { font-weight: 500; white-space: nowrap; }
td p { margin: 0 0 .35rem; } td p:last-child { margin: 0; }
.chips { display: flex; flex-wrap: wrap; gap: .25rem; margin: .35rem 0 0; padding: 0; list-style: none; max-width: none; }
.chips code { font-size: .8em; }
.badge { display: inline-block; font: 600 .74rem/1.5 var(--mono); padding: .1rem .5rem; border-radius: 99px; white-space: nowrap;
  background: var(--sunken); color: var(--soft); }
.badge.get { background: var(--get-soft); color: var(--get); }
.badge.on, .badge.s2, .badge.post { background: var(--good-soft); color: var(--good); }
.badge.s4, .badge.s5, .badge.required, .badge.delete { background: var(--bad-soft); color: var(--bad); }
.source { font: 500 .72em/1 var(--mono); color: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: .05em .3em;
  white-space: nowrap; vertical-align: .08em; }
.facts { display: grid; gap: .9rem; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); margin: 2rem 0 0; padding: 0; max-width: none; }
.facts > div { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: .9rem 1.1rem; }
.facts dt { color: var(--soft); font-size: .85rem; }
.facts dd { margin: .1rem 0 0; font-size: 1.15rem; font-weight: 600; letter-spacing: -.01em; overflow-wrap: anywhere; }
.operation { border: 1px solid var(--line); border-radius: 14px; background: var(--card); padding: 1.5rem 1.6rem; margin: 1.4rem 0; }
.operation .table { background: var(--page); }
.operation > h3:first-child { margin: 0 0 .4rem; font-size: 1.3rem; }
.endpoint { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem; font-family: var(--mono); font-size: .95rem; overflow-wrap: anywhere; }
.operation h4 { margin: 1.6rem 0 .4rem; font-size: .95rem; }
details { border: 1px solid var(--line); border-radius: 10px; margin: .5rem 0; background: var(--page); }
summary { cursor: pointer; padding: .6rem .9rem; display: flex; gap: .7rem; align-items: baseline; }
summary::-webkit-details-marker { display: none; }
summary::after { content: "+"; margin-left: auto; color: var(--soft); font-family: var(--mono); }
details[open] > summary::after { content: "–"; }
.inside { padding: 0 .9rem .8rem; border-top: 1px solid var(--line); }
.inside .table { background: var(--card); }
form.try:not([hidden]) { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .5rem .9rem; align-items: center;
  padding: .9rem; }
form.try label { font: .875rem/1.5 var(--mono); }
form.try :is(input, textarea) { font: .875rem/1.7 var(--mono); width: 100%; min-width: 0; padding: .35rem .6rem; color: var(--text);
  background: var(--card); border: 1px solid var(--line); border-radius: 7px; }
form.try ::placeholder { color: var(--soft); opacity: 1; font-style: italic; }
form.try button { grid-column: 2; justify-self: start; font: inherit; font-weight: 600; color: var(--page); background: var(--accent);
  border: 0; border-radius: 8px; padding: .4rem 1.2rem; cursor: pointer; }
form.try pre { grid-column: 1 / -1; margin: .4rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; font: .8rem/1.5 var(--mono); }
.quiet { color: var(--soft); font-size: .92rem; }
@media (max-width: 40rem) {
  thead { position: absolute; left: -99rem; }
  tbody tr { display: block; padding: .6rem .9rem; }
  tbody th, tbody td { display: block; padding: .1rem 0; border: 0 !important; white-space: normal; }
  tbody tr + tr { border-top: 1px solid var(--line); }
  /* In a table with many columns, each cell says which one it belongs to. */
  tr:has(> :nth-child(4)) > td:not([data-head="Meaning"])::before { content: attr(data-head); display: inline-block;
    min-width: 5rem; color: var(--soft); font-size: .85rem; }
  .operation { padding: 1.1rem 1rem; }
  .bar { gap: .4rem; flex-wrap: wrap; } .brand { white-space: nowrap; gap: .45rem; } .top nav { gap: 0; } .top nav a { padding: .25rem .55rem; }
  .facts { grid-template-columns: 1fr 1fr; } .facts > div { padding: .7rem .8rem; } .facts dd { font-size: 1rem; }
  .bar, .home, .reference { padding-left: 1rem; padding-right: 1rem; }
  form.try:not([hidden]) { grid-template-columns: minmax(0, 1fr); gap: .2rem; }
  form.try button { grid-column: 1; margin-top: .5rem; }
}
@media (min-width: 40.01rem) { td > a > code, th > a > code { white-space: nowrap; } }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print { .top, .side { display: none; } .reference { display: block; } pre { max-height: none; } }
`

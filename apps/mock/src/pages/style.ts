/** Of both pages. Fonts are the reader's own, colours follow the reader's choice of light or dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f8f9fb, #11141a); --card: light-dark(#fff, #181c24); --sunken: light-dark(#eef1f5, #20262f);
  --line: light-dark(#dce1e8, #2e3541); --text: light-dark(#1b2029, #e6e8ec); --soft: light-dark(#57606e, #a2abb9);
  --accent: light-dark(#4b3fb3, #a9a0ff); --accent-soft: light-dark(#e9e7fa, #262347);
  --good: light-dark(#17663a, #7fd8a0); --good-soft: light-dark(#dcf1e4, #15331f);
  --shell: light-dark(#181b24, #0b0d12); --shell-text: #e6e8ec; --shell-soft: #8d96a5;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
a { color: var(--accent); text-underline-offset: .18em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .6rem; z-index: 3; background: var(--card); padding: .3rem .7rem; }
.top { border-bottom: 1px solid var(--line); background: var(--card); }
.bar { max-width: 58rem; margin: 0 auto; padding: .7rem 1.25rem; display: flex; justify-content: space-between; align-items: center; gap: 1rem; }
.brand { color: var(--text); text-decoration: none; font-weight: 500; white-space: nowrap; }
.brand b { color: var(--accent); }
.top nav { display: flex; gap: .25rem; }
.top nav a { color: var(--soft); text-decoration: none; padding: .3rem .75rem; border-radius: 99px; }
.top nav a:hover { color: var(--text); background: var(--sunken); }
.top nav a[aria-current] { color: var(--accent); background: var(--accent-soft); }
/* Nested: Swagger UI has a style of its own. */
.home {
& { display: block; max-width: 58rem; margin: 0 auto; padding: 3rem 1.25rem 5rem; }
.lead { font-size: 1.15rem; color: var(--soft); }
pre.shell { margin: 1rem 0; padding: .95rem 1.1rem; border-radius: 10px; overflow: auto; background: var(--shell); color: var(--shell-text); }
pre.shell .line { display: block; white-space: pre-wrap; overflow-wrap: anywhere; padding-left: 1.3rem; text-indent: -1.3rem; }
pre.shell .line::before { content: "$ "; color: var(--shell-soft); user-select: none; }
.table { overflow-x: auto; margin: .8rem 0; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
table { border-collapse: collapse; width: 100%; font-size: .94rem; }
th, td { text-align: left; vertical-align: top; padding: .55rem .9rem; font-weight: 400; }
thead th { font-size: .8rem; font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--line); }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody th { white-space: nowrap; }
.state { display: inline-block; font: 600 .74rem/1.5 var(--mono); letter-spacing: 0; padding: .15rem .55rem; border-radius: 99px;
  vertical-align: .2em; background: var(--sunken); color: var(--soft); }
.state.on { background: var(--good-soft); color: var(--good); }
@media (max-width: 40rem) {
  thead { position: absolute; left: -99rem; }
  tbody tr { display: block; padding: .6rem .9rem; }
  tbody th, tbody td { display: block; padding: 0; border: 0 !important; white-space: normal; }
  tbody tr + tr { border-top: 1px solid var(--line); }
}
h1, h2 { line-height: 1.2; letter-spacing: -.015em; text-wrap: balance; margin: 0; }
h1 { font-size: clamp(1.9rem, 1.4rem + 2.2vw, 2.7rem); }
h2 { font-size: 1.35rem; margin: 3rem 0 .7rem; }
p { margin: .6rem 0; max-width: 44rem; }
code { font: .875em/1.5 var(--mono); }
:not(pre) > code { background: var(--sunken); border-radius: 5px; padding: .1em .35em; overflow-wrap: anywhere; }
}
.swagger { display: block; max-width: 62rem; margin: 0 auto; padding: 0 0 4rem; min-height: 80vh; }
html.dark-mode .swagger .swagger-ui { background: none; }
.swagger .swagger-ui .scheme-container { background: none; box-shadow: none; padding: 0; }
.swagger .swagger-ui .wrapper { max-width: none; }
.swagger .swagger-ui .info { margin: 2rem 0; }
`

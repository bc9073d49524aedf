import type { Failure } from '../verify/findings.ts'
import { FAMILIES } from '../verify/laws.ts'
import type { LawResult, Report } from '../verify/report.ts'
import { escapeMarkup } from './escape-markup.ts'
import { moreAlike } from './more-alike.ts'
import { sourceLegend } from './source-legend.ts'
import { verdict } from './verdict.ts'

/** One page that needs nothing else. */
export function htmlReport(report: Report): string {
  const { isGreen, sentence } = verdict(report)
  const { baseUrl, failures, laws, seed } = report
  const legend = sourceLegend(failures)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${isGreen ? 'Held' : 'Broken'}: contract of ${escapeMarkup(baseUrl)}</title>
<style>${STYLE}</style>
<main>
<h1>Contract of <code>${escapeMarkup(baseUrl)}</code></h1>
<p class="verdict ${isGreen ? 'held' : 'broken'}">${escapeMarkup(sentence)}</p>
${failures.length === 0 ? '' : `<h2>Broken</h2>\n${failures.map(failureSection).join('\n')}`}
${legend === undefined ? '' : `<p class="note">${escapeMarkup(legend)}</p>`}
<h2>Laws</h2>
${FAMILIES.map((family) => laws.filter((law) => law.family === family))
  .filter(({ length }) => length > 0)
  .map(familyTable)
  .join('\n')}
<p class="note">Seed ${seed}. The same seed asks the same questions of the same data.</p>
</main>
</html>
`
}

function failureSection(failure: Failure): string {
  const { promise, law, asked, came, pointer, source, curl } = failure
  return `<section>
<h3>${escapeMarkup(promise)}</h3>
<dl>
<dt>Asked</dt><dd><code>${escapeMarkup(asked)}</code></dd>
<dt>Came</dt><dd>${escapeMarkup(came)}<span class="note">${moreAlike(failure)}</span></dd>
<dt>Promised</dt><dd><code>${escapeMarkup(pointer)}</code> <span class="note">source ${escapeMarkup(source)}, law ${law}</span></dd>
<dt>Again</dt><dd><code>${escapeMarkup(curl)}</code></dd>
</dl>
</section>`
}

const MARKS = { held: '✓ held', broken: '✗ broken', unseen: '– not looked at' } as const

function familyTable(laws: readonly LawResult[]): string {
  const rows = laws.map(
    ({ promise, state, checks, reason }) =>
      `<tr><td>${escapeMarkup(promise)}${reason === undefined ? '' : ` <span class="note">${escapeMarkup(reason)}</span>`}</td><td class="${state}">${MARKS[state]}</td><td class="number">${checks}</td></tr>`,
  )
  return `<table><caption>${laws[0]?.family}</caption>
<thead><tr><th>Promise</th><th>State</th><th class="number">Checks</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`
}

const STYLE = `
:root{--text:#1c2024;--dim:#5b6470;--line:#d8dde3;--page:#fff;--held:#13703a;--broken:#b3261e;--soft:#f4f6f8}
@media (prefers-color-scheme:dark){:root{--text:#e6e9ec;--dim:#9aa4af;--line:#343b43;--page:#14171a;--held:#5fd38d;--broken:#ff8a80;--soft:#1d2226}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.15rem;margin-top:2rem}h3{font-size:1rem;margin:0 0 .5rem}
code{font:.875em ui-monospace,monospace;overflow-wrap:anywhere}
.verdict{font-weight:600}.held{color:var(--held)}.broken{color:var(--broken)}.unseen,.note{color:var(--dim)}.note{font-size:.875em}
section{border:1px solid var(--line);border-left:4px solid var(--broken);border-radius:4px;padding:1rem;margin:1rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0}dt{color:var(--dim)}dd{margin:0;min-width:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;margin:0 0 1.5rem}
caption{text-align:left;font-weight:600;padding:.5rem 0}
th{text-align:left;color:var(--dim);font-weight:400;font-size:.875em}
th,td{padding:.35rem .5rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td.held,td.broken,td.unseen{white-space:nowrap}.number{text-align:right;font-variant-numeric:tabular-nums}
@media (max-width:32rem){dl{grid-template-columns:1fr}}`

import type { Report, ReportedViolation } from '../verify/report.ts'
import { escapeMarkup } from './escape-markup.ts'
import { byFamily, freshViolations, goneLines, knownLines, outcomeOf, rows, sourceLegend } from './rows.ts'
import type { FamilyResult } from './rows.ts'
import { verdict } from './verdict.ts'

/** One page that needs nothing else. */
export function htmlReport(report: Report): string {
  const { isGreen, sentence } = verdict(report)
  const { baseUrl, seed } = report
  const violations = freshViolations(report)
  const notes = [...knownLines(report), ...goneLines(report)]
  const legend = sourceLegend(report)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${isGreen ? 'Passed' : 'Failed'}: contract of ${escapeMarkup(baseUrl)}</title>
<style>${STYLE}</style>
<main>
<h1>Contract of <code>${escapeMarkup(baseUrl)}</code></h1>
<p class="verdict ${isGreen ? 'passed' : 'failed'}">${escapeMarkup(sentence)}</p>
${violations.length === 0 ? '' : `<h2>Violations</h2>\n${violations.map(violationSection).join('\n')}`}
${notes.map((line) => `<p>${escapeMarkup(line)}</p>`).join('\n')}
${legend === undefined ? '' : `<p class="note">${escapeMarkup(legend)}</p>`}
<h2>Laws</h2>
${byFamily(report).map(familyTable).join('\n')}
<p class="note">Seed ${seed}. The same seed sends the same requests, as long as the data is the same.</p>
</main>
</html>
`
}

function violationSection(one: ReportedViolation): string {
  const list = rows(one).map(({ name, text, kind }) => {
    const escaped = escapeMarkup(text)
    return `<dt>${name}</dt><dd>${kind === 'code' ? `<code>${escaped}</code>` : escaped}</dd>`
  })
  return `<section>
<h3>${escapeMarkup(one.expected)} <span class="note">${one.law}</span></h3>
<dl>
${list.join('\n')}
</dl>
</section>`
}

const MARKS = { passed: '✓ passed', failed: '✗ failed', known: '– known', skipped: '– skipped' } as const

function familyTable({ family, laws }: FamilyResult): string {
  const lines = laws.map((law) => {
    const { expected, checks, reason } = law
    const outcome = outcomeOf(law)
    return `<tr><td>${escapeMarkup(expected)}${reason === undefined ? '' : ` <span class="note">${escapeMarkup(reason)}</span>`}</td><td class="${outcome}">${MARKS[outcome]}</td><td class="number">${checks}</td></tr>`
  })
  return `<table><caption>${family}</caption>
<thead><tr><th>Law</th><th>Status</th><th class="number">Checks</th></tr></thead>
<tbody>${lines.join('\n')}</tbody></table>`
}

const STYLE = `
:root{--text:#1c2024;--dim:#5b6470;--line:#d8dde3;--page:#fff;--passed:#13703a;--failed:#b3261e;--soft:#f4f6f8}
@media (prefers-color-scheme:dark){:root{--text:#e6e9ec;--dim:#9aa4af;--line:#343b43;--page:#14171a;--passed:#5fd38d;--failed:#ff8a80;--soft:#1d2226}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.15rem;margin-top:2rem}h3{font-size:1rem;margin:0 0 .5rem}
code{font:.875em ui-monospace,monospace;overflow-wrap:anywhere}
.verdict{font-weight:600}.passed{color:var(--passed)}.failed{color:var(--failed)}.known,.skipped,.note{color:var(--dim)}.note{font-size:.875em}
section{border:1px solid var(--line);border-left:4px solid var(--failed);border-radius:4px;padding:1rem;margin:1rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0}dt{color:var(--dim)}dd{margin:0;min-width:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;margin:0 0 1.5rem}
caption{text-align:left;font-weight:600;padding:.5rem 0}
th{text-align:left;color:var(--dim);font-weight:400;font-size:.875em}
th,td{padding:.35rem .5rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td.passed,td.failed,td.known,td.skipped{white-space:nowrap}.number{text-align:right;font-variant-numeric:tabular-nums}
@media (max-width:32rem){dl{grid-template-columns:1fr}}`

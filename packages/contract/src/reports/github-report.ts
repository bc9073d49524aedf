import type { Report } from '../verify/report.ts'
import { FAMILIES } from '../verify/laws.ts'
import { moreAlike } from './more-alike.ts'
import { sourceInWords, sourceLegend } from './source-legend.ts'
import { verdict } from './verdict.ts'

/** Workflow commands that make GitHub show an annotation for each failure. */
export function githubAnnotations(report: Report): string {
  const { isGreen, sentence } = verdict(report)
  const failures = report.failures.map((failure) => {
    const { promise, asked, came, pointer, source } = failure
    const text = `${promise}. Asked ${asked}; came ${came}${moreAlike(failure)}. ${pointer} (source: ${sourceInWords(source)})`
    return `::error title=${escapeProperty(`Contract: ${failure.law}`)}::${escapeData(text)}`
  })
  const lines = failures.length > 0 || isGreen ? failures : [`::error title=Contract::${escapeData(sentence)}`]
  return lines.map((line) => `${line}\n`).join('')
}

/** Markdown for the summary of a job. */
export function githubSummary(report: Report): string {
  const { isGreen, sentence } = verdict(report)
  const legend = sourceLegend(report.failures)
  const rows = FAMILIES.flatMap((family) => {
    const laws = report.laws.filter((law) => law.family === family)
    const count = (wanted: string): number => laws.filter(({ state }) => state === wanted).length
    return laws.length === 0 ? [] : [`| ${family} | ${count('held')} | ${count('broken')} | ${count('unseen')} |`]
  })
  return [
    `## ${isGreen ? '✅' : '❌'} Contract of ${cell(report.baseUrl)}`,
    '',
    cell(sentence),
    '',
    '| family | held | broken | not looked at |',
    '|---|---|---|---|',
    ...rows,
    '',
    ...report.failures.flatMap((failure) => [
      `### ${cell(failure.promise)}`,
      '',
      `- asked: ${code(failure.asked)}`,
      `- came: ${cell(`${failure.came}${moreAlike(failure)}`)}`,
      `- promised: ${code(failure.pointer)} (source: ${cell(failure.source)})`,
      `- again: ${code(failure.curl)}`,
      '',
    ]),
    ...(legend === undefined ? [] : [cell(legend), '']),
    `Seed ${report.seed}.`,
    '',
  ].join('\n')
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** What a provider sent must not become markup. */
function cell(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|!~@]/g, (character) => `\\${character}`)
}

/** A code span may have backticks in it when its fence is longer. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence} ${text.replaceAll(/\s+/g, ' ')} ${fence}`
}

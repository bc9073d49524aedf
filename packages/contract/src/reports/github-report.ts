import type { Report } from '../verify/report.ts'
import { byFamily, freshViolations, goneLines, knownLines, rows, skipped, sourceLegend } from './rows.ts'
import { verdict } from './verdict.ts'

/** Workflow commands that make GitHub show an annotation for each violation: a warning where the baseline has it. */
export function githubAnnotations(report: Report): string {
  const { isGreen, sentence } = verdict(report)
  const annotations = report.violations.map((one) => {
    const lines = rows(one).filter(({ name }) => name !== 'reproduce')
    const legend = sourceLegend({ violations: [one] }) ?? ''
    const text = [`${one.expected}.`, ...lines.map((row) => `${row.name}: ${row.text}`), legend].join('\n').trim()
    const level = one.known === true ? 'warning' : 'error'
    return `::${level} title=${escapeProperty(`Contract: ${one.law}`)}::${escapeData(text)}`
  })
  const lines = annotations.length > 0 || isGreen ? annotations : [`::error title=Contract::${escapeData(sentence)}`]
  return lines.map((line) => `${line}\n`).join('')
}

/** Markdown for the summary of a job. */
export function githubSummary(report: Report): string {
  const { isGreen, sentence } = verdict(report)
  const legend = sourceLegend(report)
  return [
    `## ${isGreen ? '✅' : '❌'} Contract of ${cell(report.baseUrl)}`,
    '',
    cell(sentence),
    '',
    '| family | passed | failed | known | skipped |',
    '|---|---|---|---|---|',
    ...byFamily(report).map(
      ({ family, passed, failed, known, skipped: left }) =>
        `| ${family} | ${passed} | ${failed} | ${known} | ${left} |`,
    ),
    '',
    ...skipped(report).flatMap((line) => [cell(line), '']),
    ...[...knownLines(report), ...goneLines(report)].flatMap((line) => [cell(line), '']),
    ...freshViolations(report).flatMap((one) => [
      `### ${cell(one.expected)}`,
      '',
      ...rows(one).map(({ name, text, kind }) => `- ${name}: ${kind === 'code' ? code(text) : cell(text)}`),
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

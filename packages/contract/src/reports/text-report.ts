import { styleText } from 'node:util'
import type { Failure } from '../verify/findings.ts'
import { FAMILIES } from '../verify/laws.ts'
import { hasLooked } from '../verify/report.ts'
import type { LawResult, Report } from '../verify/report.ts'
import { moreAlike } from './more-alike.ts'
import { sourceLegend } from './source-legend.ts'
import { verdict } from './verdict.ts'

/** For a terminal or a log. */
export function textReport(report: Report, colours: 'on' | 'off'): string {
  const paint = (style: 'red' | 'green' | 'dim' | 'bold', text: string): string =>
    colours === 'on' ? styleText(style, text, { validateStream: false }) : text
  const rows = FAMILIES.flatMap((family) => {
    const laws = report.laws.filter((law) => law.family === family)
    return laws.length === 0 ? [] : [familyRow(family, laws, paint)]
  })
  const { isGreen, sentence } = verdict(report)
  const legend = sourceLegend(report.failures)
  if (!hasLooked(report.ending)) return `${paint('red', sentence)}\n`
  return [
    ...rows,
    ...unseenLines(report.laws).map((line) => paint('dim', line)),
    '',
    ...report.failures.flatMap((failure) => [...failureLines(failure, paint), '']),
    ...(legend === undefined ? [] : [paint('dim', legend), '']),
    paint(isGreen ? 'green' : 'red', sentence),
    ...(report.marker === undefined ? [] : [paint('dim', `The names of what it made begin with ${report.marker}.`)]),
    paint('dim', `Seed ${report.seed}: --seed ${report.seed} asks the same again.`),
    '',
  ].join('\n')
}

type Paint = (style: 'red' | 'green' | 'dim' | 'bold', text: string) => string

function familyRow(family: string, laws: readonly LawResult[], paint: Paint): string {
  const broken = laws.filter(({ state }) => state === 'broken').length
  const held = laws.filter(({ state }) => state === 'held').length
  const mark = broken > 0 ? paint('red', '✗') : held > 0 ? paint('green', '✓') : paint('dim', '–')
  const counts = [held > 0 && `${held} held`, broken > 0 && paint('red', `${broken} broken`)].filter(Boolean)
  return `${mark} ${family.padEnd(11)} ${counts.length > 0 ? counts.join(', ') : paint('dim', 'not looked at')}`
}

function unseenLines(laws: readonly LawResult[]): string[] {
  const unseen = laws.filter(({ state }) => state === 'unseen')
  const byReason = Map.groupBy(unseen, ({ reason = '' }) => reason)
  return [...byReason].map(
    ([reason, those]) => `Not looked at, as ${reason}: ${those.map(({ law }) => law).join(', ')}`,
  )
}

function failureLines(failure: Failure, paint: Paint): string[] {
  const { law, promise, pointer, source, asked, came } = failure
  return [
    `${paint('red', '✗')} ${paint('bold', promise)} ${paint('dim', `[${law}]`)}`,
    `  Asked     ${asked}`,
    `  Came      ${came}${paint('dim', moreAlike(failure))}`,
    `  Promised  ${pointer} (source: ${source})`,
    `  Again     ${failure.curl}`,
  ]
}

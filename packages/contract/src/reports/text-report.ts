import { styleText } from 'node:util'
import { hasLooked } from '../verify/report.ts'
import type { Report, ReportedViolation } from '../verify/report.ts'
import { byFamily, freshViolations, goneLines, knownLines, rows, skipped, sourceLegend } from './rows.ts'
import type { FamilyResult } from './rows.ts'
import { verdict } from './verdict.ts'

type Paint = (style: 'red' | 'green' | 'dim' | 'bold', text: string) => string

/** For a terminal or a log. */
export function textReport(report: Report, colours: 'on' | 'off'): string {
  const paint: Paint = (style, text) => (colours === 'on' ? styleText(style, text, { validateStream: false }) : text)
  const { isGreen, sentence } = verdict(report)
  const legend = sourceLegend(report)
  if (!hasLooked(report.ending)) return `${paint('red', sentence)}\n`
  return [
    ...byFamily(report).map((result) => familyLine(result, paint)),
    ...skipped(report).map((line) => paint('dim', line)),
    '',
    ...freshViolations(report).flatMap((one) => [...violationLines(one, paint), '']),
    ...[...knownLines(report), ...goneLines(report)].flatMap((line) => [line, '']),
    ...(legend === undefined ? [] : [paint('dim', legend), '']),
    paint(isGreen ? 'green' : 'red', sentence),
    ...(report.marker === undefined ? [] : [paint('dim', `The names of what it made begin with ${report.marker}.`)]),
    paint('dim', `Seed ${report.seed}: --seed ${report.seed} sends the same requests again.`),
    '',
  ].join('\n')
}

function familyLine({ family, passed, failed, known }: FamilyResult, paint: Paint): string {
  const mark = failed > 0 ? paint('red', '✗') : passed > 0 ? paint('green', '✓') : paint('dim', '–')
  const counts = [
    passed > 0 && `${passed} passed`,
    failed > 0 && paint('red', `${failed} failed`),
    known > 0 && `${known} failed as in the baseline`,
  ].filter(Boolean)
  return `${mark} ${family.padEnd(11)} ${counts.length > 0 ? counts.join(', ') : paint('dim', 'skipped')}`
}

function violationLines(one: ReportedViolation, paint: Paint): string[] {
  const title = `${paint('red', '✗')} ${paint('bold', one.expected)} ${paint('dim', `[${one.law}]`)}`
  return [title, ...rows(one).map(({ name, text }) => `  ${name.padEnd(9)} ${text}`)]
}

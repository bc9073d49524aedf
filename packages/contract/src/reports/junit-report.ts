import type { LawResult, Report, ReportedViolation } from '../verify/report.ts'
import { escapeMarkup } from './escape-markup.ts'
import { actualOf, byFamily, outcomeOf, rows, sourceLegend } from './rows.ts'
import { verdict } from './verdict.ts'

/** JUnit XML: a suite for each family, a case for each law. */
export function junitReport(report: Report): string {
  const { laws, violations, durationMs } = report
  const { isGreen, sentence } = verdict(report)
  const failed = laws.filter((law) => outcomeOf(law) === 'failed').length
  // A run that could not look at anything has no broken law, and is no success.
  const errors = !isGreen && failed === 0 ? 1 : 0
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="hood-contract" tests="${laws.length + errors}" failures="${failed}" errors="${errors}" time="${(durationMs / 1_000).toFixed(3)}">`,
    ...byFamily(report).flatMap((result) => [
      `  <testsuite name="${result.family}" tests="${result.laws.length}" failures="${result.failed}" errors="0" skipped="${result.skipped + result.known}">`,
      ...result.laws.map((law) =>
        caseElement(
          law,
          violations.filter(({ law: name, also = [] }) => name === law.law || also.includes(law.law)),
        ),
      ),
      '  </testsuite>',
    ]),
    ...(errors === 0
      ? []
      : [
          '  <testsuite name="run" tests="1" failures="0" errors="1" skipped="0">',
          `    <testcase classname="run" name="the provider answers"><error message="${escapeMarkup(sentence)}"/></testcase>`,
          '  </testsuite>',
        ]),
    '</testsuites>',
    '',
  ].join('\n')
}

function caseElement(result: LawResult, violations: readonly ReportedViolation[]): string {
  const { law, family, expected, status, reason } = result
  const open = `    <testcase classname="${family}.${law}" name="${escapeMarkup(expected)}"`
  if (status === 'passed') return `${open}/>`
  if (status === 'skipped') return `${open}><skipped message="${escapeMarkup(reason ?? '')}"/></testcase>`
  const [first] = violations
  const message = first === undefined ? '' : actualOf(first)
  if (outcomeOf(result) === 'known') {
    return `${open}><skipped message="${escapeMarkup(`failed as in the baseline: ${message}`)}"/></testcase>`
  }
  const texts = violations.map((one) =>
    rows(one)
      .map(({ name, text }) => `${name}: ${text}`)
      .join('\n'),
  )
  const legend = sourceLegend({ violations })
  const text = [...texts, ...(legend === undefined ? [] : [legend])].join('\n\n')
  return `${open}><failure message="${escapeMarkup(message)}">${escapeMarkup(text)}</failure></testcase>`
}

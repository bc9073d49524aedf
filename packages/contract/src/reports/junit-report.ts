import type { Failure } from '../verify/findings.ts'
import { FAMILIES } from '../verify/laws.ts'
import type { LawResult, Report } from '../verify/report.ts'
import { escapeMarkup } from './escape-markup.ts'
import { moreAlike } from './more-alike.ts'
import { sourceInWords } from './source-legend.ts'
import { verdict } from './verdict.ts'

/** JUnit XML: a suite for each family, a case for each law. */
export function junitReport(report: Report): string {
  const { laws, failures, durationMs } = report
  const { isGreen, sentence } = verdict(report)
  const broken = laws.filter(({ state }) => state === 'broken').length
  // A run that could not look at anything has no broken law, and is no success.
  const errors = !isGreen && broken === 0 ? 1 : 0
  const suites = FAMILIES.map((family) => laws.filter((law) => law.family === family)).filter(
    ({ length }) => length > 0,
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="hood-contract" tests="${laws.length + errors}" failures="${broken}" errors="${errors}" time="${(durationMs / 1_000).toFixed(3)}">`,
    ...suites.map((suite) => suiteElement(suite, failures)),
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

function suiteElement(laws: readonly LawResult[], failures: readonly Failure[]): string {
  const count = (wanted: LawResult['state']): number => laws.filter(({ state }) => state === wanted).length
  const [first] = laws
  return [
    `  <testsuite name="${first?.family}" tests="${laws.length}" failures="${count('broken')}" errors="0" skipped="${count('unseen')}">`,
    ...laws.map((law) =>
      caseElement(
        law,
        failures.filter((failure) => failure.law === law.law),
      ),
    ),
    '  </testsuite>',
  ].join('\n')
}

function caseElement({ law, family, promise, state, reason }: LawResult, failures: readonly Failure[]): string {
  const open = `    <testcase classname="${family}.${law}" name="${escapeMarkup(promise)}"`
  if (state === 'held') return `${open}/>`
  if (state === 'unseen') return `${open}><skipped message="${escapeMarkup(reason ?? '')}"/></testcase>`
  const [first] = failures
  const message = first === undefined ? '' : `${first.came}${moreAlike(first)}`
  const text = failures
    .map((failure) =>
      [
        `Asked: ${failure.asked}`,
        `Came: ${failure.came}${moreAlike(failure)}`,
        `Promised: ${failure.pointer} (source: ${sourceInWords(failure.source)})`,
        `Again: ${failure.curl}`,
      ].join('\n'),
    )
    .join('\n\n')
  return `${open}><failure message="${escapeMarkup(message)}">${escapeMarkup(text)}</failure></testcase>`
}

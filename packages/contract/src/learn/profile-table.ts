import { styleText } from 'node:util'
import { QUESTIONS } from '@hood-exports/openapi/profile'
import type { Answer, QuestionId, VendorProfile } from '@hood-exports/openapi/profile'
import { count } from '../verify/violation.ts'

/** What was learnt, for a terminal or a log: a line for each question, with what could not be seen at the end. */
export function profileTable(profile: VendorProfile, colours: 'on' | 'off'): string {
  const dim = (text: string): string => (colours === 'on' ? styleText('dim', text, { validateStream: false }) : text)
  const rows = (Object.entries(profile.answers) as [QuestionId, Answer<unknown>][]).map(([id, answer]) => ({
    asks: QUESTIONS[id].asks,
    answer,
  }))
  const width = Math.max(...rows.map(({ asks }) => asks.length))
  const observed = rows.flatMap(({ asks, answer }) =>
    answer.confidence === 'observed' ? [`${asks.padEnd(width)}  ${valueText(answer.value)}`] : [],
  )
  const open = rows.flatMap(({ asks, answer }) =>
    answer.confidence === 'observed'
      ? []
      : [dim(`${asks.padEnd(width)}  ${answer.confidence === 'contradicted' ? 'contradicted: ' : ''}${answer.why}`)],
  )
  const effort = `${count(profile.requests, 'request')} in ${(profile.durationMs / 1_000).toFixed(1)} s`
  return [
    ...observed,
    ...(open.length > 0 ? ['', dim('Not seen:'), ...open] : []),
    '',
    `${observed.length} of ${count(rows.length, 'question')} answered from ${count(profile.items, 'export')}, by ${effort}.`,
    '',
  ].join('\n')
}

/** `sent: id, name; left-out: description` for records, whose keys have the same values in groups. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).map(([key, one]) => [key, valueText(one)] as const)
  if (entries.length === 0) return 'none'
  const groups = Map.groupBy(entries, ([, text]) => text)
  return [...groups].map(([text, some]) => `${some.map(([key]) => key).join(', ')}: ${text}`).join('; ')
}

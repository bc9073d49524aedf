import { isDeepStrictEqual } from 'node:util'
import { NULLABLE_MEMBERS } from '@hood-exports/openapi'
import { QUESTIONS } from '@hood-exports/openapi/profile'
import type { Answer, QuestionId, VendorProfile } from '@hood-exports/openapi/profile'
import { count } from '../verify/violation.ts'
import { valueText } from './profile-table.ts'

export interface Change {
  readonly question: QuestionId
  /** A sentence, or several. */
  readonly says: string
}

export interface Changes {
  /** RFC 3339: when the earlier profile was learnt. */
  readonly since: string
  /** What the account does in another way. */
  readonly drifts: readonly Change[]
  /** What other data, or another run, has brought: words, and answers that are seen now or are not seen any more. */
  readonly news: readonly Change[]
}

type Kind = 'drift' | 'news'

/** What has changed between two profiles of an account. Other exports are no drift, nor are other times of answers. */
export function changesSince(earlier: VendorProfile, later: VendorProfile): Changes {
  const ids = Object.keys(QUESTIONS) as QuestionId[]
  const changes = ids.flatMap((id) => {
    const [before, after] = [earlier.answers[id], later.answers[id]]
    return before === undefined || after === undefined || id === 'latency' ? [] : compared(id, before, after)
  })
  const ofKind = (kind: Kind): readonly Change[] =>
    changes.filter((change) => change.kind === kind).map(({ question, says }) => ({ question, says }))
  return { since: earlier.learntAt, drifts: ofKind('drift'), news: ofKind('news') }
}

function compared(question: QuestionId, before: Answer<unknown>, after: Answer<unknown>): (Change & { kind: Kind })[] {
  const said = (kind: Kind, text: string): Change & { kind: Kind } => ({
    kind,
    question,
    says: `${QUESTIONS[question].asks} ${text}`,
  })
  if (before.confidence !== 'observed') {
    return after.confidence === 'observed' ? [said('news', `Seen now: ${valueText(after.value)}.`)] : []
  }
  if (after.confidence !== 'observed') {
    const text = `It was ${valueText(before.value)}; now it is ${after.confidence}: ${after.why}.`
    // A refusal of what no account has needs no data to be seen.
    const isUnrefused = question === 'page.too-large' && before.value === 'refused'
    return [said(after.confidence === 'contradicted' || isUnrefused ? 'drift' : 'news', text)]
  }
  return differences(question, before.value, after.value).map(([kind, text]) => said(kind, text))
}

type Difference = readonly [Kind, string]

function differences(question: QuestionId, before: unknown, after: unknown): readonly Difference[] {
  if (isDeepStrictEqual(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return ofLists(question, before as unknown[], after as unknown[])
  if (isRecord(before) && isRecord(after)) return ofRecords(question, before, after)
  return [['drift', `It was ${valueText(before)}, and is ${valueText(after)}.`]]
}

function ofLists(question: QuestionId, before: readonly unknown[], after: readonly unknown[]): readonly Difference[] {
  const [added, gone] = [after.filter((one) => !before.includes(one)), before.filter((one) => !after.includes(one))]
  const was = `It was ${valueText(before)}, and is ${valueText(after)}.`
  switch (question) {
    case 'vocabulary.resource':
    case 'vocabulary.status':
    case 'vocabulary.extension':
    case 'vocabulary.mime_type':
      return added.length > 0 ? [['news', `New: ${valueText(added)}.`]] : []
    case 'quota.limits':
      // With the fewest requests left, now this window is described and now that one.
      return added.length > 0 && gone.length > 0 ? [['drift', was]] : []
    case 'page.default-order':
    case 'page.filtered-order':
    case 'sort.ties':
      // An account may have exports that the first keys leave equal, or none.
      return before.every((key, index) => index >= after.length || key === after[index]) ? [] : [['drift', was]]
    default:
      return [['drift', was]]
  }
}

/** A key that only one of the profiles has was not seen by the other. */
function ofRecords(
  question: QuestionId,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly Difference[] {
  return Object.keys(after).flatMap((key): readonly Difference[] => {
    const [was, is] = [before[key], after[key]]
    if (was === undefined) {
      const isNew = question === 'members.without-value' && !(NULLABLE_MEMBERS as readonly string[]).includes(key)
      return isNew ? [['drift', `${key} always had a value, and is ${valueText(is)} now.`]] : []
    }
    if (isRecord(was) && isRecord(is)) {
      return ofRecords(question, was, is).map(([kind, text]): Difference => [kind, `${key}: ${text}`])
    }
    return isDeepStrictEqual(was, is) ? [] : [['drift', `${key} was ${valueText(was)}, and is ${valueText(is)}.`]]
  })
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** For a terminal, a log or an issue. */
export function changesText({ since, drifts, news }: Changes): string {
  const list = (changes: readonly Change[]): readonly string[] =>
    changes.map(({ question, says }) => `- ${says} [${question}]`)
  const verdict =
    drifts.length === 0
      ? `Nothing has changed since ${since}.`
      : `${count(drifts.length, 'answer')} ${drifts.length === 1 ? 'has' : 'have'} changed since ${since}:`
  const other = news.length === 0 ? [] : ['', 'No change of the provider, but seen otherwise:', ...list(news)]
  return [verdict, ...list(drifts), ...other, ''].join('\n')
}

import type { QuestionId, VendorAnswers } from './answers.ts'

/** The `$id` of the JSON schema, and the `$schema` of each profile. A change that breaks readers gets another number. */
export const VENDOR_PROFILE_ID = 'urn:hood-exports:vendor-profile:1'

/** What an account does where the documents leave a choice. It has no token, no names and no values of people. */
export interface VendorProfile {
  readonly $schema: typeof VENDOR_PROFILE_ID
  /** RFC 3339, UTC. */
  readonly learntAt: string
  /** The version of the spec whose questions these are. */
  readonly specVersion: string
  /** Exports of the account. */
  readonly items: number
  readonly requests: number
  readonly durationMs: number
  /** A question that an older profile does not have was not known then. */
  readonly answers: { readonly [Id in QuestionId]?: Answer<VendorAnswers[Id]> }
}

export type Answer<Value> =
  /** Every other value of the question was excluded by what came. */
  | { readonly confidence: 'observed'; readonly value: Value; readonly evidence: readonly Evidence[] }
  /** Answers excluded each value: they disagree with each other. */
  | { readonly confidence: 'contradicted'; readonly why: string; readonly evidence: readonly Evidence[] }
  /** The data of the account, or what was allowed to be sent, cannot show it. */
  | { readonly confidence: 'not-seen'; readonly why: string; readonly evidence: readonly Evidence[] }

export interface Evidence {
  /** `GET /v1/hood/exports?name=eq:…`: with `…` in place of values, and `{id}` in place of ids. */
  readonly request: string
  /** What came, in words: statuses, counts, names of members. */
  readonly seen: string
}

/** The value of a question; undefined unless it was observed. */
export function learnt<Id extends QuestionId>(profile: VendorProfile, id: Id): VendorAnswers[Id] | undefined {
  const answer = profile.answers[id]
  return answer?.confidence === 'observed' ? answer.value : undefined
}

import { QUESTIONS } from './questions.ts'
import type { QuestionId } from './answers.ts'
import { valueProblem } from './value-problem.ts'
import { VENDOR_PROFILE_ID } from './vendor-profile.ts'
import type { VendorProfile } from './vendor-profile.ts'

const FAMILY = VENDOR_PROFILE_ID.slice(0, VENDOR_PROFILE_ID.lastIndexOf(':') + 1)
const VERSION = Number(VENDOR_PROFILE_ID.slice(FAMILY.length))

/** @throws RangeError for a text that is not a profile of this version, with the member, the rule and the way out. */
export function readVendorProfile(text: string): VendorProfile {
  const profile = parse(text)
  checkVersion(profile['$schema'])
  const { answers } = profile
  if (!isObject(answers))
    throw new RangeError('answers: it is missing; give a file that hood-contract learn has written')
  for (const [id, answer] of Object.entries(answers)) checkAnswer(id, answer)
  return profile as unknown as VendorProfile
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch (error) {
    throw new RangeError('The profile is not JSON: give a file that hood-contract learn has written', { cause: error })
  }
  throw new RangeError('The profile is not an object: give a file that hood-contract learn has written')
}

function checkVersion(id: unknown): void {
  if (id === VENDOR_PROFILE_ID) return
  const version = typeof id === 'string' && id.startsWith(FAMILY) ? Number(id.slice(FAMILY.length)) : Number.NaN
  if (version > VERSION) {
    throw new RangeError(
      `$schema: version ${version} is newer than ${VERSION}, which is read here; update this program`,
    )
  }
  throw new RangeError(`$schema: ${JSON.stringify(id)}; give a profile with "${VENDOR_PROFILE_ID}"`)
}

function checkAnswer(id: string, answer: unknown): void {
  const at = `answers["${id}"]`
  if (!Object.hasOwn(QUESTIONS, id)) {
    throw new RangeError(`${at}: no question of this version; learn again with this one, or delete it`)
  }
  const { confidence, value } = isObject(answer) ? answer : {}
  if (confidence === 'contradicted' || confidence === 'not-seen') return
  if (confidence !== 'observed') {
    throw new RangeError(`${at}.confidence: ${JSON.stringify(confidence)}; give observed, contradicted or not-seen`)
  }
  const problem = valueProblem(QUESTIONS[id as QuestionId].value, value)
  if (problem !== undefined) throw new RangeError(`${at}.value${problem}; correct it, or learn again`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

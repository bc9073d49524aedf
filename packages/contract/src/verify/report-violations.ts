import { resolve } from '../conform.ts'
import { POINTERS } from './law.ts'
import { LAWS, LAW_NAMES } from './laws.ts'
import type { LawName } from './laws.ts'
import { filteredMember } from './laws/filter/filter.ts'
import { memberOf } from './oracle/matches.ts'
import { presentable } from './presentable.ts'
import type { ReportedViolation } from './report.ts'
import { curl, describeRequest } from './test-request.ts'
import type { TestRequest } from './test-request.ts'
import type { Gravity, Violation } from './violation.ts'

type Found = Violation<LawName>

/** Different failures of one law that are reported one by one; the rest is counted. */
const MAX_PER_LAW = 3

const GRAVITIES: readonly Gravity[] = ['critical', 'major', 'minor']

/** A parameter that is ignored takes mistakes as well. */
const CAUSES_FIRST: readonly LawName[] = [
  ...LAW_NAMES.filter((law) => LAWS[law].family !== 'validation'),
  ...LAW_NAMES.filter((law) => LAWS[law].family === 'validation'),
]

/** A wrong value of a member breaks these by itself, and others in consequence. */
const VALUE_LAWS: readonly LawName[] = ['spec-items', 'real-times', 'relative-download-url']

/** Laws that are looked at for each of their subjects in every run, whatever its seed. */
export const BY_SUBJECT: readonly LawName[] = [...VALUE_LAWS, 'mistakes-are-refused']

export interface ReportOptions {
  readonly baseUrl: string
  /** What no line may repeat. */
  readonly secrets: readonly string[]
}

/** What a run has found, for a report: the gravest first, then in the order of the laws, each failure once. */
export function reportViolations(violations: readonly Found[], options: ReportOptions): ReportedViolation[] {
  const byLaw = Map.groupBy(failuresIn(violations), ([{ law }]) => law)
  return [...byLaw.values()].flatMap((failures) => {
    const reported = failures.slice(0, MAX_PER_LAW)
    const rest = failures.slice(MAX_PER_LAW).flat()
    return reported.map((failure, index) => reportFailure(failure, index === MAX_PER_LAW - 1 ? rest : [], options))
  })
}

/** Violations with one cause; the first is what is reported. */
type Failure = readonly [Found, ...Found[]]

function failuresIn(violations: readonly Found[]): Failure[] {
  const rank = (one: Found): number =>
    GRAVITIES.indexOf(gravityOf(one)) * CAUSES_FIRST.length + CAUSES_FIRST.indexOf(one.law)
  const gravestFirst = violations.toSorted((one, other) => rank(one) - rank(other))
  const wrongMembers = new Map<string, Found>()
  for (const one of gravestFirst) {
    if (!VALUE_LAWS.includes(one.law)) continue
    for (const member of subjectsOf(one)) if (!wrongMembers.has(member)) wrongMembers.set(member, one)
  }
  // What is found by a member, or sorted by it, is no surprise where its values are wrong, nor what another law explains.
  const originOf = (one: Found): Found => {
    const explained = gravestFirst.find(({ law }) => law === one.follows)
    if (explained !== undefined) return originOf(explained)
    const member = subjectsOf(one).find((name) => wrongMembers.has(name))
    return (member !== undefined && !VALUE_LAWS.includes(one.law) && wrongMembers.get(member)) || one
  }
  const failures = Map.groupBy(gravestFirst, (one) => causeOf(originOf(one)))
  return [...failures.values()].map((alike) => {
    const origin = alike.find((one) => originOf(one) === one)
    return [origin, ...alike.filter((one) => one !== origin)] as unknown as Failure
  })
}

function gravityOf({ law, gravity }: Found): Gravity {
  return gravity ?? LAWS[law].gravity
}

function causeOf(one: Found): string {
  return one.cause ?? `${one.law} ${shapeOf(one)}`
}

/** The sentence without its values, and without the body at its end: about another item it is no news. */
function shapeOf(one: Found): string {
  return subjectsOf(one)
    .reduce((text, member) => text.replaceAll(member, 'M'), one.actual)
    .replaceAll(/items\[\d+\]/g, 'item 0')
    .replaceAll(/"(?:[^"\\]|\\.)*"|\b(?:null|true|false)\b|(?<!status )-?\b\d+(?:\.\d+)?/g, '…')
    .replaceAll(/…(?:, …)+/g, '…')
    .replace(/[{<].*/s, '')
    .slice(0, 60)
}

/** Members of items that a violation is about: named by it, or in its request. Or the parameter that is wrong. */
function subjectsOf({ law, request: { query = {}, search }, members }: Found): readonly string[] {
  if (members !== undefined) return members
  // The last one is wrong on purpose, where one is.
  const parameter = [...new URLSearchParams(search).keys()].at(-1)
  const { sort = [], qFields = [], filters = [] } = query
  switch (LAWS[law].family) {
    case 'sort':
      return sort.map((key) => key.replace(/^-/, ''))
    case 'search':
      return qFields.map(memberOf)
    case 'filter':
      return filters.map(({ member }) => filteredMember(member))
    case 'validation':
      return parameter === undefined ? [] : [parameter]
    default:
      return []
  }
}

function reportFailure(
  failure: Failure,
  rest: readonly Found[],
  { baseUrl, secrets }: ReportOptions,
): ReportedViolation {
  const [first] = failure
  const { law, request, actual, pointer, comparedWith, times } = first
  const { family, expected, source } = LAWS[law]
  const ofLaw = [...failure, ...rest].filter((one) => one.law === law)
  const subjects = [...new Set(ofLaw.flatMap(subjectsOf))]
  const also = LAW_NAMES.filter((name) => name !== law && [...failure, ...rest].some((one) => one.law === name))
  const requests = comparedWith === undefined ? [request] : [comparedWith, request]
  return {
    law,
    family,
    gravity: gravityOf(first),
    expected,
    pointer: pointer ?? pointerFor(request, LAWS[law].pointer),
    source,
    request: describeRequest(request),
    ...(comparedWith && { comparedWith: describeRequest(comparedWith) }),
    actual: presentable(actual, secrets),
    ...(subjects.length > 0 && { subjects }),
    ...(also.length > 0 && { also }),
    reproduce: requests.map((one) => curl(one, baseUrl, times)).join('\n'),
    occurrences: ofLaw.length,
  }
}

const READS = [POINTERS.list, POINTERS.view, POINTERS.download]

/** What holds for every operation that reads is looked up at the one that was called, where it says as much. */
function pointerFor({ operation }: TestRequest, pointer: string): string {
  const documented = READS.find((start) => pointer.startsWith(start))
  if (documented === undefined || !READS.includes(POINTERS[operation])) return pointer
  const own = pointer.replace(documented, POINTERS[operation])
  return resolve(own) === undefined ? pointer : own
}

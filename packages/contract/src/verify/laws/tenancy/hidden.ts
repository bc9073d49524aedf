import type { AccountSnapshot } from '../../account-snapshot.ts'
import type { Case } from '../../case.ts'
import type { TokenOwner } from '../../credential.ts'
import { isRecord, jsonOf } from '../../exchange.ts'
import type { Answer, Item } from '../../exchange.ts'
import { UNKNOWN_ID, downloadRequest, viewRequest } from '../../test-request.ts'
import type { TestRequest } from '../../test-request.ts'
import { contradiction, leak, violation } from '../../violation.ts'
import type { Violation } from '../../violation.ts'

export type ById = ReadonlyMap<string, Item>

export function byIdOf(items: readonly Item[]): ById {
  return new Map(items.map((item) => [String(item['id']), item]))
}

/** What may change between two answers. */
const CHANGING = ['download_count', 'update_time']

export function isSameItem(one: Item, other: Item): boolean {
  return Object.keys(one).every(
    (member) =>
      CHANGING.includes(member) || !(member in other) || JSON.stringify(one[member]) === JSON.stringify(other[member]),
  )
}

/** Whether ids are numbered for each account, which is not ruled out: then an id does not show whose the item is. */
export function haveOwnNumbers(items: readonly Item[], theirs: ById): boolean {
  return items.some((item) => {
    const namesake = theirs.get(String(item['id']))
    return namesake !== undefined && !isSameItem(item, namesake)
  })
}

/** Every item that comes is one of the account. */
export function judgeOwnItems(
  request: TestRequest,
  items: readonly Item[],
  { byId, extent }: AccountSnapshot,
): Violation<'own-items-only'>[] {
  if (extent === 'part' || items.some(({ id }) => typeof id !== 'string')) return []
  return items
    .filter(({ id }) => !byId.has(String(id)))
    .slice(0, 3)
    .map(({ id }) => {
      const actual = `item "${String(id)}", which the list without parameters does not have`
      return contradiction('own-items-only', request, actual)
    })
}

/** An id that exists, but not for the main account: the answer is that for an id that does not exist at all. */
export function hiddenFromMain(request: TestRequest, id: string): Case {
  const before = request.operation === 'download' ? downloadRequest(UNKNOWN_ID) : viewRequest(UNKNOWN_ID)
  return hidden({ request, id, before, compared: 'with-before' })
}

/** Its owner asks first, so that an answer that is kept for the next request shows. */
export function hiddenFromOthers(request: TestRequest, id: string, owner: TokenOwner): Case {
  return hidden({ request, id, before: { ...request, credential: { kind: 'token', of: owner } }, compared: 'not' })
}

export interface HiddenOptions {
  readonly request: TestRequest
  readonly id: string
  readonly before: TestRequest
  /** Whether the two answers must say the same. */
  readonly compared: 'with-before' | 'not'
}

/** An id that exists, but not for the account that asks: the answer is 404. */
export function hidden({ request, id, before, compared }: HiddenOptions): Case {
  return {
    law: 'foreign-ids-are-missing',
    requests: [before, request],
    check: ([earlier, answer]) => {
      if (answer === undefined) return []
      if (answer.status !== 404) return [leak('foreign-ids-are-missing', answer)]
      if (compared === 'not' || earlier?.status !== 404) return []
      const [one, other] = [message(answer, id), message(earlier, UNKNOWN_ID)]
      if (one === other) return []
      const actual = `${one}, while an id that no account has gets ${other}: the difference shows that the item exists`
      return [{ ...violation('foreign-ids-are-missing', request, actual), comparedWith: before }]
    },
  }
}

/** Title and message, with the id taken out. */
function message(answer: Answer, id: string): string {
  const json = jsonOf(answer)
  if (json.kind === 'not-json' || !isRecord(json.value)) return 'no JSON'
  const { title, message: text } = json.value
  return JSON.stringify([title, text]).replaceAll(id, 'ID')
}

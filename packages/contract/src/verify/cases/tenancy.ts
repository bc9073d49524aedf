import { askDownload, askList, askView } from '../ask.ts'
import type { Ask } from '../ask.ts'
import type { Complaint } from '../complaint.ts'
import type { Corpus } from '../corpus.ts'
import type { Credential, Holder } from '../credential.ts'
import { envelopeOf, statusAndBody, isRecord, jsonOf } from '../exchange.ts'
import type { Answer, Item } from '../exchange.ts'
import type { Filter } from '../filter.ts'
import { UNKNOWN_ID } from '../unknown-id.ts'
import { judgeList } from '../oracle/judge-list.ts'
import { askNeighbour } from '../survey.ts'
import type { Neighbour } from '../survey.ts'
import { listCase } from './case.ts'
import type { Case, World } from './case.ts'
import { judgeView } from './viewing.ts'

/** What one account may see of another: nothing. And what two tokens of one account see: the same. */
export function tenancyCases(world: World): Case[] {
  const { corpus, holders, neighbours } = world
  return [
    // Read already.
    ...neighbours.map(({ holder }) => apartCase(askNeighbour(holder, corpus.pageSize))),
    ...betweenNeighbours(neighbours, corpus),
    ...(holders.has('same') ? sameAccountCases(corpus) : []),
    ...neighbours.flatMap((neighbour, index) => {
      const cases = foreignCases(neighbour, corpus)
      // What holds for one foreign account is only looked over for another.
      return index === 0 ? cases : cases.filter(({ asks: [ask] }) => ask?.operation === 'view')
    }),
  ]
}

function sameAccountCases({ pageSize, byId }: Corpus): Case[] {
  const same: Credential = { kind: 'token', of: 'same' }
  const [id] = byId.keys()
  const relabelled = (complaints: readonly Complaint[]): Complaint[] =>
    complaints.map((complaint) => ({ ...complaint, law: 'tokens-see-the-same' }))
  return [
    {
      law: 'tokens-see-the-same',
      asks: [askList({ view: 'full', page: [1, pageSize] }, same)],
      judge: ([answer], corpus) => relabelled(answer ? judgeList(answer, corpus) : []),
    },
    ...(id === undefined
      ? []
      : [
          {
            law: 'tokens-see-the-same' as const,
            asks: [askView(id, { view: 'full' }, same)],
            judge: ([answer]: readonly Answer[], corpus: Corpus) => relabelled(answer ? judgeView(answer, corpus) : []),
          },
        ]),
  ]
}

/** Each side asks for what the other has. Requests of the two accounts alternate, so that their quotas show, too. */
function foreignCases({ holder, items }: Neighbour, { byId }: Corpus): Case[] {
  if (haveOwnNumbers(items, byId)) return []
  const as: Credential = { kind: 'token', of: holder }
  const theirs = items.filter(({ id }) => typeof id === 'string' && !byId.has(id))
  const [their, theirFile, mine] = [idOf(theirs), idOfFile(theirs), idOf(byId.values())]
  const last = idOf(theirs.slice(-1))
  const ids = [mine, their].filter((id) => id !== undefined)
  return [
    ...(their === undefined
      ? []
      : [
          hiddenFromMain(askView(their), their),
          listCase('own-items-only', askList({ fields: ['id'], page: [1, 10], q: their, qFields: ['id'] })),
        ]),
    ...(theirFile === undefined ? [] : [hiddenFromMain(askDownload(theirFile), theirFile)]),
    ...(mine === undefined
      ? []
      : [hiddenFromOthers(askView(mine, {}, as), mine, 'main'), unfindable(mine, as), ...filteredApart(ids, as)]),
    ...(last === undefined || last === their ? [] : [hiddenFromMain(askView(last, { fields: ['name'] }), last)]),
  ]
}

function idOf(items: Iterable<Item>): string | undefined {
  const [item] = items
  return typeof item?.['id'] === 'string' ? item['id'] : undefined
}

/** The id of an item whose file its owner can download. */
function idOfFile(items: Iterable<Item>): string | undefined {
  return idOf([...items].filter(({ status }) => status === 'ready'))
}

function betweenNeighbours([one, other]: readonly Neighbour[], { pageSize }: Corpus): Case[] {
  if (one === undefined || other === undefined) return []
  const theirs = byIdOf(one.items)
  const id = idOf(one.items.filter((item) => other.items.every((known) => known['id'] !== item['id'])))
  return [
    {
      law: 'own-items-only',
      asks: [askNeighbour(one.holder, pageSize), askNeighbour(other.holder, pageSize)],
      judge: ([answer, others]) => {
        const known = byIdOf((answer && envelopeOf(answer)?.items) ?? [])
        return judgeDisjoint(others, known, 'the second account').map((complaint) => ({
          ...complaint,
          ask: 1,
        }))
      },
    },
    ...(id === undefined || haveOwnNumbers(other.items, theirs)
      ? []
      : [hiddenFromOthers(askView(id, {}, { kind: 'token', of: other.holder }), id, one.holder)]),
  ]
}

type ById = ReadonlyMap<string, Item>

function byIdOf(items: readonly Item[]): ById {
  return new Map(items.map((item) => [String(item['id']), item]))
}

/** What may change between two answers. */
const CHANGING = ['download_count', 'update_time']

function isSameItem(one: Item, other: Item): boolean {
  return Object.keys(one).every(
    (member) =>
      CHANGING.includes(member) || !(member in other) || JSON.stringify(one[member]) === JSON.stringify(other[member]),
  )
}

/** Whether ids are numbered for each account, which is not ruled out: then an id does not tell whose the item is. */
export function haveOwnNumbers(items: readonly Item[], theirs: ById): boolean {
  return items.some((item) => {
    const namesake = theirs.get(String(item['id']))
    return namesake !== undefined && !isSameItem(item, namesake)
  })
}

/** @param theirs the items of the account that `whose` names */
function judgeDisjoint(answer: Answer | undefined, theirs: ById, whose: string): Complaint[] {
  const leaked = (answer && envelopeOf(answer)?.items)?.find((item) => {
    const known = theirs.get(String(item['id']))
    return known !== undefined && isSameItem(item, known)
  })
  if (leaked === undefined) return []
  const came = `item ${JSON.stringify(leaked['id'])}, which is in the list of ${whose}`
  return [{ law: 'own-items-only', came, evidence: 'answer' }]
}

/** A list of another account, without anything of the main one. */
function apartCase(ask: Ask): Case {
  return {
    law: 'own-items-only',
    asks: [ask],
    judge: ([answer], { byId }) => judgeDisjoint(answer, byId, 'the main account'),
  }
}

/** An id that exists, but not for the main account: the answer is that for an id that does not exist at all. */
function hiddenFromMain(ask: Ask, id: string): Case {
  const before = ask.operation === 'download' ? askDownload(UNKNOWN_ID) : askView(UNKNOWN_ID)
  return hidden({ ask, id, before, compared: 'with-before' })
}

/** Its owner asks first, so that an answer that is kept for the next one who asks shows. */
export function hiddenFromOthers(ask: Ask, id: string, owner: Holder): Case {
  return hidden({ ask, id, before: { ...ask, credential: { kind: 'token', of: owner } }, compared: 'not' })
}

export interface HiddenOptions {
  readonly ask: Ask
  readonly id: string
  readonly before: Ask
  /** Whether the two answers must be the same in what they say. */
  readonly compared: 'with-before' | 'not'
}

/** An id that exists, but not for who asks: its answer is 404. */
export function hidden({ ask, id, before, compared }: HiddenOptions): Case {
  return {
    law: 'foreign-ids-are-missing',
    asks: [before, ask],
    judge: ([earlier, answer]) => {
      if (answer === undefined) return []
      const complain = (came: string): Complaint[] => [
        { law: 'foreign-ids-are-missing', came, evidence: 'answer', ask: 1 },
      ]
      if (answer.status !== 404) return complain(statusAndBody(answer))
      if (compared === 'not' || earlier?.status !== 404) return []
      const [one, other] = [message(answer, id), message(earlier, UNKNOWN_ID)]
      return one === other
        ? []
        : complain(`${one}, while an id that no account has gets ${other}: the difference tells that the item exists`)
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

/** Filters that would find an item of the main account, too, and one that would find nearly all of them. */
function filteredApart(ids: readonly string[], as: Credential): Case[] {
  const filters: readonly Filter[] = [
    { member: 'id', operator: 'in', values: ids },
    { member: 'status', operator: 'neq', values: ['no-such-value-7c1e'] },
  ]
  return filters.map((filter) => apartCase(askList({ fields: ['id'], page: [1, 10], filters: [filter] }, as)))
}

function unfindable(id: string, as: Credential): Case {
  return apartCase(askList({ fields: ['id'], page: [1, 10], q: id, qFields: ['id'] }, as))
}

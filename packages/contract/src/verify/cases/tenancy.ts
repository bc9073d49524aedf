import { askDownload, askList, askView } from '../ask.ts'
import type { Ask } from '../ask.ts'
import type { Complaint } from '../complaint.ts'
import type { Corpus } from '../corpus.ts'
import { MAIN } from '../credential.ts'
import type { Credential, Holder } from '../credential.ts'
import { envelopeOf, statusAndBody, isRecord, jsonOf } from '../exchange.ts'
import type { Answer, Item } from '../exchange.ts'
import { judgeList } from '../oracle/judge-list.ts'
import type { Neighbour } from '../survey.ts'
import { listCase } from './case.ts'
import type { Case, World } from './case.ts'
import { judgeView } from './viewing.ts'

/** What one account may see of another: nothing. And what two tokens of one account see: the same. */
export function tenancyCases(world: World): Case[] {
  const { corpus, holders, neighbours } = world
  return [
    ...(holders.has('same') ? sameAccountCases(corpus) : []),
    ...neighbours.flatMap((neighbour, index) => {
      const cases = foreignCases(neighbour, corpus)
      // What holds for one foreign account is only looked over for another.
      return index === 0 ? cases : cases.filter(({ asks: [ask] }) => ask?.operation === 'view')
    }),
    ...betweenNeighbours(neighbours),
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
  const as: Credential = { kind: 'token', of: holder }
  const theirs = items.filter(({ id }) => typeof id === 'string' && !byId.has(id))
  const [their, theirFile, mine, myFile] = [
    idOf(theirs),
    idOfFile(theirs),
    idOf(byId.values()),
    idOfFile(byId.values()),
  ]
  const last = idOf(theirs.slice(-1))
  return [
    {
      law: 'own-items-only',
      asks: [askList({ view: 'full', page: [1, 10] }, as)],
      judge: ([answer], corpus) => judgeDisjoint(answer, corpus),
    },
    ...(their === undefined
      ? []
      : [
          hidden(askView(their), their),
          listCase('own-items-only', askList({ fields: ['id'], page: [1, 10], q: their, qFields: ['id'] })),
        ]),
    ...(theirFile === undefined ? [] : [hidden(askDownload(theirFile), theirFile)]),
    ...(mine === undefined ? [] : [hidden(askView(mine, {}, as), mine), unfindable(mine, as)]),
    ...(myFile === undefined ? [] : [hidden(askDownload(myFile, as), myFile)]),
    ...(last === undefined || last === their ? [] : [hidden(askView(last, { fields: ['name'] }), last)]),
  ]
}

function idOf(items: Iterable<Item>): string | undefined {
  const [item] = items
  return typeof item?.['id'] === 'string' ? item['id'] : undefined
}

/** Of an item whose file can be downloaded by its owner. */
function idOfFile(items: Iterable<Item>): string | undefined {
  return idOf([...items].filter(({ status }) => status === 'ready'))
}

function betweenNeighbours([one, other]: readonly Neighbour[]): Case[] {
  const id = one?.items.find((item) => other?.items.every(({ id }) => id !== item['id']))?.['id']
  if (other === undefined || typeof id !== 'string') return []
  return [hidden(askView(id, {}, { kind: 'token', of: other.holder }), id)]
}

function judgeDisjoint(answer: Answer | undefined, corpus: Corpus): Complaint[] {
  const leaked = (answer && envelopeOf(answer)?.items)?.find(({ id }) => corpus.byId.has(String(id)))
  if (leaked === undefined) return []
  const came = `item ${JSON.stringify(leaked['id'])}, which is in the list of the main account`
  return [{ law: 'own-items-only', came, evidence: 'answer' }]
}

/** An id that exists, but not for this account: the answer is that for an id that does not exist at all. */
function hidden(ask: Ask, id: string): Case {
  const nobodys = '987654321098765'
  const isDownload = ask.operation === 'download'
  const reference = isDownload ? askDownload(nobodys, ask.credential) : askView(nobodys, {}, ask.credential)
  const holder: Holder = ask.credential.kind === 'token' ? ask.credential.of : 'main'
  return {
    law: 'foreign-ids-are-missing',
    // Compared where an unknown id is asked for anyway.
    asks: holder === MAIN.of ? [ask, reference] : [ask],
    judge: ([answer, missing]) => {
      if (answer === undefined) return []
      if (answer.status !== 404) {
        const came = statusAndBody(answer)
        return [{ law: 'foreign-ids-are-missing', came, evidence: 'answer' }]
      }
      if (missing?.status !== 404) return []
      const [one, other] = [message(answer, id), message(missing, nobodys)]
      if (one === other) return []
      const came = `${one}, while an id that nobody has gets ${other}: the difference tells that the item exists`
      return [{ law: 'foreign-ids-are-missing', came, evidence: 'answer' }]
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

function unfindable(id: string, as: Credential): Case {
  return {
    law: 'own-items-only',
    asks: [askList({ fields: ['id'], page: [1, 10], q: id, qFields: ['id'] }, as)],
    judge: ([answer], corpus) => judgeDisjoint(answer, corpus),
  }
}

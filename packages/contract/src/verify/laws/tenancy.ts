import type { AccountSnapshot } from '../account-snapshot.ts'
import { listCase } from '../case.ts'
import type { Case, World } from '../case.ts'
import type { Credential } from '../credential.ts'
import { envelopeOf } from '../exchange.ts'
import type { Answer, Item } from '../exchange.ts'
import { POINTERS } from '../law.ts'
import type { Family } from '../law.ts'
import { otherAccountRequest } from '../read-account.ts'
import type { OtherAccount } from '../read-account.ts'
import { downloadRequest, listRequest, viewRequest } from '../test-request.ts'
import type { TestRequest } from '../test-request.ts'
import { violation } from '../violation.ts'
import type { Violation } from '../violation.ts'
import { judgeView } from './envelope.ts'
import { filteredCase } from './filter/filter-case.ts'
import {
  byIdOf,
  haveOwnNumbers,
  hiddenFromMain,
  hiddenFromOthers,
  isSameItem,
  judgeOwnItems,
} from './tenancy/hidden.ts'
import type { ById } from './tenancy/hidden.ts'

type Law = 'own-items-only' | 'foreign-ids-are-missing' | 'tokens-see-the-same'

export const tenancy: Family<Law, 'tenancy'> = {
  name: 'tenancy',
  needs: ['other-account-token'],
  otherTokens: 'yes',
  laws: {
    'own-items-only': {
      expected: 'a list has the items of the account, and of no other',
      pointer: POINTERS.list,
      source: 'S',
      gravity: 'critical',
    },
    'foreign-ids-are-missing': {
      expected: 'the items of another account are answered like ids that do not exist',
      pointer: `${POINTERS.view}/responses/404`,
      source: '?',
      gravity: 'critical',
    },
    'tokens-see-the-same': {
      expected: 'every token of an account sees the same',
      pointer: POINTERS.list,
      source: 'V',
      needs: ['same-account-token'],
    },
  },
  cases: tenancyCases,
  onList: ({ request, envelope, snapshot }) => judgeOwnItems(request, envelope.items, snapshot),
}

/** What one account may see of another: nothing. And what two tokens of one account see: the same. */
export function tenancyCases({ snapshot, tokenOwners, otherAccounts }: Omit<World, 'mainToken' | 'random'>): Case[] {
  return [
    // Read already.
    ...otherAccounts.map(({ owner }) => apartCase(otherAccountRequest(owner, snapshot.pageSize))),
    ...betweenOthers(otherAccounts, snapshot),
    ...atOnce(otherAccounts, snapshot),
    ...(otherAccounts.length > 0 ? otherCompanies(snapshot) : []),
    ...(tokenOwners.has('same') ? sameAccountCases(snapshot) : []),
    ...otherAccounts.flatMap((otherAccount, index) => {
      const cases = foreignCases(otherAccount, snapshot)
      // What holds for one foreign account is only looked over for another.
      return index === 0 ? cases : cases.filter(({ requests: [request] }) => request?.operation === 'view')
    }),
  ]
}

/** Requests of two accounts in flight together: each gets its own answer. */
function atOnce([other]: readonly OtherAccount[], { pageSize }: AccountSnapshot): Case[] {
  if (other === undefined) return []
  return [
    {
      law: 'own-items-only',
      requests: [otherAccountRequest(other.owner, pageSize), listRequest({ view: 'full', page: [1, pageSize] })],
      together: 2,
      check: ([theirs, own], { snapshot, judgeList }) => [
        ...judgeApart(theirs, snapshot.byId, 'the main account'),
        ...(own === undefined ? [] : judgeList(own)),
      ],
    },
  ]
}

/** Every company but that of the account, which is the one of all its items. */
function otherCompanies({ items }: AccountSnapshot): Case[] {
  const [company, ...others] = new Set(items.map((item) => item['company_id']))
  if (typeof company !== 'string' || others.length > 0) return []
  const filters = [{ member: 'company_id', operator: 'neq', values: [company] }] as const
  return [filteredCase('own-items-only', { fields: ['id', 'company_id'], page: [1, 10], filters })]
}

function sameAccountCases({ pageSize, byId }: AccountSnapshot): Case[] {
  const same: Credential = { kind: 'token', of: 'same' }
  const [id] = byId.keys()
  const relabelled = (violations: readonly Violation[]): Violation[] =>
    violations.map((one) => ({ ...one, law: 'tokens-see-the-same', follows: one.law }))
  const requests = [
    listRequest({ view: 'full', page: [1, pageSize] }, same),
    ...(id === undefined ? [] : [viewRequest(id, { view: 'full' }, same)]),
  ]
  return requests.map((request) => ({
    law: 'tokens-see-the-same',
    requests: [request],
    check: ([answer], { snapshot, judgeList }) => {
      if (answer === undefined) return []
      return relabelled(request.operation === 'list' ? judgeList(answer) : judgeView(answer, snapshot))
    },
  }))
}

/** Each side asks for what the other has. Requests of the two accounts alternate, so that their quotas show, too. */
function foreignCases({ owner, items }: OtherAccount, { byId }: AccountSnapshot): Case[] {
  if (haveOwnNumbers(items, byId)) return []
  const as: Credential = { kind: 'token', of: owner }
  const theirs = items.filter(({ id }) => typeof id === 'string' && !byId.has(id))
  // The file of an item that is ready: its owner can download it.
  const theirFile = idOf(theirs.filter(({ status }) => status === 'ready'))
  const [their, mine, last] = [idOf(theirs), idOf(byId.values()), idOf(theirs.slice(-1))]
  const ids = [mine, their].filter((id) => id !== undefined)
  return [
    ...(their === undefined
      ? []
      : [
          hiddenFromMain(viewRequest(their), their),
          listCase('own-items-only', listRequest({ fields: ['id'], page: [1, 10], q: their, qFields: ['id'] })),
        ]),
    ...(theirFile === undefined ? [] : [hiddenFromMain(downloadRequest(theirFile), theirFile)]),
    ...(mine === undefined
      ? []
      : [
          hiddenFromOthers(viewRequest(mine, {}, as), mine, 'main'),
          apartCase(listRequest({ fields: ['id'], page: [1, 10], q: mine, qFields: ['id'] }, as)),
          ...filteredApart(ids, as),
        ]),
    ...(last === undefined || last === their ? [] : [hiddenFromMain(viewRequest(last, { fields: ['name'] }), last)]),
  ]
}

function idOf(items: Iterable<Item>): string | undefined {
  const [item] = items
  return typeof item?.['id'] === 'string' ? item['id'] : undefined
}

function betweenOthers([one, other]: readonly OtherAccount[], { pageSize }: AccountSnapshot): Case[] {
  if (one === undefined || other === undefined) return []
  const id = idOf(one.items.filter((item) => other.items.every((known) => known['id'] !== item['id'])))
  return [
    {
      law: 'own-items-only',
      requests: [otherAccountRequest(one.owner, pageSize), otherAccountRequest(other.owner, pageSize)],
      check: ([answer, others]) =>
        judgeApart(others, byIdOf((answer && envelopeOf(answer)?.items) ?? []), 'the second account'),
    },
    ...(id === undefined || haveOwnNumbers(other.items, byIdOf(one.items))
      ? []
      : [hiddenFromOthers(viewRequest(id, {}, { kind: 'token', of: other.owner }), id, one.owner)]),
  ]
}

/** @param theirs the items of the account that `whose` names */
function judgeApart(answer: Answer | undefined, theirs: ById, whose: string): Violation[] {
  const leaked = (answer && envelopeOf(answer)?.items)?.find((item) => {
    const known = theirs.get(String(item['id']))
    return known !== undefined && isSameItem(item, known)
  })
  if (answer === undefined || leaked === undefined) return []
  const actual = `item ${JSON.stringify(leaked['id'])}, which is in the list of ${whose}`
  return [violation('own-items-only', answer.request, actual)]
}

/** A list of another account, without anything of the main one. */
function apartCase(request: TestRequest): Case {
  return {
    law: 'own-items-only',
    requests: [request],
    check: ([answer], { snapshot }) => judgeApart(answer, snapshot.byId, 'the main account'),
  }
}

/** Filters that would find an item of the main account, too, and one that would find nearly all of them. */
function filteredApart(ids: readonly string[], as: Credential): Case[] {
  const filters = [
    { member: 'id', operator: 'in', values: ids },
    { member: 'status', operator: 'neq', values: ['no-such-value-7c1e'] },
  ] as const
  return filters.map((filter) => apartCase(listRequest({ fields: ['id'], page: [1, 10], filters: [filter] }, as)))
}
